"""Characters in a text that deceive its readers: invisible ones, and letters that only look like others.

For texts of any format. Nothing is taken out of the text; the reader is told.
"""

import re
import unicodedata
from collections.abc import Iterator

from reviewer.domain.document import DocumentWarning

_TAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{2,7}\U000e007f|(?P<tags>[\U000e0000-\U000e007f]+)")
# Without U+2061, which Word puts between a function and its argument.
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\u2062-\u2064\ufeff\u180e\u034f]+")
_OVERRIDES = re.compile("[\u202d\u202e]")
_UNSEEN = re.compile("[\u180e\u034f\u200b-\u200d\u202d\u202e\u2060\u2062-\u2064\ufeff\U000e0000-\U000e007f]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[A-Za-z]")
_OTHERS = {"CYRILLIC": re.compile("[\u0400-\u052f]"), "GREEK": re.compile("[\u0370-\u03ff]")}
_LIKE_LATIN = {
    "CYRILLIC": set("аеіорсухѕјԁԛԝһӏѵАВЕКМНОРСТУХІЈЅЗԌԚԜӀҺ"),
    "GREEK": set("οϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ"),
}
_LIKE_CYRILLIC = set("aceopxyijsABCEHKMOPTXYIJS")
_ASCII = bytes(range(128))
_SHOWN_WORDS = 3
_SHOWN_CHARS = 40


def deception_warnings(text: str) -> tuple[DocumentWarning, ...]:
    """What the reader of a text should be told about its characters. Linear.

    Returns:
        at most one warning each of the codes ``invisible_characters`` and ``mixed_scripts``.
    """
    if text.isascii():
        return ()
    letters = _beyond_ascii(text)
    invisible = _invisible(text) if _UNSEEN.search(letters) else ()
    mixed = _mixed(text) if any(pattern.search(letters) for pattern in _OTHERS.values()) else ()
    return (*invisible, *mixed)


def _beyond_ascii(text: str) -> str:
    """The few characters beyond ASCII: to search all characters for some of them costs five times as much."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def tag_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each run of Unicode tag characters: no font shows them, models read them.

    Those behind a black flag do not count: they make up another flag.
    """
    for match in _TAGS.finditer(text):
        if match["tags"]:
            yield match.span()


def _invisible(text: str) -> Iterator[DocumentWarning]:
    counts = {
        "of zero width inside words": sum(len(match[0]) for match in _ZERO_WIDTH.finditer(text) if _splits(match)),
        "that only programs read (tags)": sum(end - start for start, end in tag_spans(text)),
        "that turn the direction of reading": sum(1 for _ in _OVERRIDES.finditer(text)),
    }
    total = sum(counts.values())
    if total:
        kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        noun = "character" if total == 1 else "characters"
        sentence = f"The document holds {total} invisible {noun}: {kinds}. What is read may differ from what is seen."
        yield DocumentWarning("invisible_characters", sentence)


def _splits(match: re.Match[str]) -> bool:
    """True between letters of scripts that need no joiners; Arabic, Indian scripts and emoji do need them."""
    text, (start, end) = match.string, match.span()
    return _is_plain(text[start - 1 : start]) and _is_plain(text[end : end + 1])


def _is_plain(character: str) -> bool:
    name = unicodedata.name(character, "") if character.isalnum() else ""
    return character.isdigit() or name.startswith(("LATIN", "GREEK", "CYRILLIC"))


def _mixed(text: str) -> Iterator[DocumentWarning]:
    words = dict.fromkeys(word[:_SHOWN_CHARS] for word in _beyond_ascii_words(text) if _is_mixed(word))
    if words:
        shown = ", ".join(list(words)[:_SHOWN_WORDS]) + (" ..." if len(words) > _SHOWN_WORDS else "")
        what = "1 word mixes" if len(words) == 1 else f"{len(words)} words mix"
        sentence = f"{what} Latin letters with Cyrillic or Greek ones that look the same: {shown}"
        yield DocumentWarning("mixed_scripts", sentence)


def _beyond_ascii_words(text: str) -> Iterator[str]:
    pieces = " ".join(piece for piece in text.split() if not piece.isascii())
    return (word for word in _WORD.findall(_ZERO_WIDTH.sub("", pieces)) if not word.isascii())


def _is_mixed(word: str) -> bool:
    latin = set(_LATIN.findall(word))
    if not latin:
        return False
    for script, pattern in _OTHERS.items():
        others = set(pattern.findall(word))
        if others and (others <= _LIKE_LATIN[script] or (script == "CYRILLIC" and latin <= _LIKE_CYRILLIC)):
            return True
    return False
