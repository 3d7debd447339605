"""Quotations in prose: words that a model's own sentence puts between quotation marks."""

import re

MIN_WORDS = 3
"""Fewer words are a term that is talked about, not words that are quoted."""
MIN_UNSPACED_CHARS = 6
"""The same in scripts that set no blanks."""

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|\"([^\"\n]+)\"")
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


def quotations(text: str) -> tuple[str, ...]:
    """The quotations of a text that are long enough to be somebody's words, each once, in order."""
    found = (next(part for part in match.groups() if part) for match in _QUOTED.finditer(text))
    return tuple(dict.fromkeys(each.strip() for each in found if _is_long(each)))


def _is_long(words: str) -> bool:
    return len(words.split()) >= MIN_WORDS or len(_UNSPACED.findall(words)) >= MIN_UNSPACED_CHARS
