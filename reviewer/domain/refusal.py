"""Refusals that come as an ordinary answer: a sentence where JSON was asked for."""

import re

_MOST_CHARS = 1000
_APOLOGY = (
    r"(?:i(?:['’]m| am)(?: very| so| really)? sorry|sorry|i apologi[sz]e|unfortunately"
    r"|as an? (?:ai|language model)[^.,]{0,60})"
)
_CANNOT = (
    r"(?:can(?:['’]t|not| not)|won['’]t|will not|am (?:not able|unable) to|['’]m (?:not able|unable) to"
    r"|must decline to|decline to)"
)
_DO = (
    r"(?:help|assist|comply|fulfil+|answer|respond|provide|continue|engage|do (?:that|this)|process|analy[sz]e|review"
    r"|discuss)"
)
_ENGLISH = rf"(?:{_APOLOGY}[\s,.;:!–—-]+(?:but |that )?)?i ?(?:really |simply )?{_CANNOT}\s+(?:\w+\s+)?{_DO}\b"
_GERMAN = (
    r"(?:(?:es )?tut mir (?:sehr )?leid|entschuldigung|leider)[\s,.;:!–—-]+(?:aber |dass )?"
    r"(?:ich (?:kann|darf|werde)|kann ich|darf ich)\b.{0,80}?\b(?:nicht|keine?)\b"
)
_FRENCH = r"(?:je suis (?:vraiment )?désolée?|désolée?)[\s,.;:!–—-]+(?:mais )?je ne (?:peux|suis) pas\b"
_REFUSAL = re.compile(rf"\W*(?:{_ENGLISH}|{_GERMAN}|{_FRENCH})", re.IGNORECASE)


def is_refusal(reply: str) -> bool:
    """Whether a reply declines to answer: short prose that begins so. Anything with a brace is read as JSON."""
    if len(reply) > _MOST_CHARS or "{" in reply:
        return False
    return _REFUSAL.match(reply.replace("*", "")) is not None
