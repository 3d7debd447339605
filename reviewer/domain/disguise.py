"""A text as a program may read it: without what nobody sees, look-alike letters as what they look like.

Each character knows where in the original it comes from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e001f\U000e007f-\U000e01ef]"
)
_TAG_FIRST, _TAG_LAST, _TAG_BASE = 0xE0020, 0xE007E, 0xE0000
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")
_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u0586\u13a0-\u13f5]")
_LOOKS = str.maketrans(
    "аеорсухіјѕԁԛԝһӏѵнмтвкАВЕКМНОРСТУХІЈЅԌԚԜӀҺгпиΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαενικρτυϲϳγօսոհցԱՕՍᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ",
    "aeopcyxijsdqwhlvhmtbkABEKMHOPCTYXIJSGQWIHrnuABEZHIKMNOPTYXoaevikptucjyounhgUOUABCDEHJKLMPRSTVWZ",
)  # fmt: skip
_SPACED = re.compile(r"(?<!\w)\w(?:(?P<gap>[ \u00a0\u2009\u202f.·•*_|/-]{1,3})\w(?!\w)){5,}")


@dataclass(frozen=True, slots=True)
class Undisguised:
    """A text with the way back.

    Attributes:
        text: as it may be read.
        origins: for each of its characters the offset it came from; None where the texts are the same.
        size: characters of the original.
    """

    text: str
    origins: Sequence[int] | None
    size: int

    def source(self, span: TextSpan) -> TextSpan:
        """The span of the original that a span of this text came from."""
        if self.origins is None:
            return span
        if span.start >= len(self.origins):
            return TextSpan(self.size, self.size)
        last = self.origins[span.end - 1] if span.end > span.start else self.origins[span.start] - 1
        return TextSpan(self.origins[span.start], last + 1)


def undisguised(text: str) -> Undisguised:
    """Takes out what is not seen, reads tag characters as the letters they stand for, look-alikes as Latin. Linear.

    Look-alikes count only in words that mix them with Latin letters, or where the Latin word is all they can make:
    Greek and Russian stay what they are.
    """
    if text.isascii() and not _UNSEEN.search(text):
        return Undisguised(text, None, len(text))
    looks = {character: _look(character) for character in set(text)}
    changed = [character for character, look in looks.items() if look != character]
    if all(len(looks[character]) == 1 for character in changed):
        plain = text.translate({ord(character): looks[character] for character in changed}) if changed else text
        return Undisguised(_with_latin(plain), range(len(text)), len(text))
    pieces: list[str] = []
    origins: list[int] = []
    last = 0
    for match in re.finditer(f"[{re.escape(''.join(changed))}]", text):
        index, look = match.start(), looks[match[0]]
        pieces += (text[last:index], look)
        origins.extend(range(last, index))
        origins.extend([index] * len(look))
        last = index + 1
    pieces.append(text[last:])
    origins.extend(range(last, len(text)))
    return Undisguised(_with_latin("".join(pieces)), origins, len(text))


def _look(character: str) -> str:
    """What a program may read a character as; look-alike letters stay."""
    if " " <= character < "\x7f":
        return character
    if _TAG_FIRST <= ord(character) <= _TAG_LAST:
        return chr(ord(character) - _TAG_BASE)
    return "" if _UNSEEN.match(character) else unicodedata.normalize("NFKC", character)


def _with_latin(plain: str) -> str:
    """Look-alikes as Latin letters in each word that mixes the two; other words are not even looked at."""
    pieces: list[str] = []
    last = 0
    for found in _ALIKE.finditer(plain):
        start = found.start()
        if start < last:
            continue
        while start > last and _WORD.match(plain[start - 1]):
            start -= 1
        word = _WORD.match(plain, start)
        if word:
            pieces += (plain[last:start], _latin(word[0]))
            last = word.end()
    return "".join((*pieces, plain[last:]))


def _latin(word: str) -> str:
    return word.translate(_LOOKS) if _LATIN.search(word) else word


def closed_up(text: str) -> list[tuple[TextSpan, str]]:
    """Stretches whose letters stand apart (``I G N O R E``), each with its words closed up; none shorter than six.

    Words are told apart where the gaps between them are wider; else all letters of the stretch are one word.
    """
    found = []
    for match in _SPACED.finditer(text):
        stretch = match.group()
        gaps = sorted(re.findall(r"(?<=\w)\W+(?=\w)", stretch), key=len)
        narrow = len(gaps[0])
        words = re.sub(rf"(?<=\w)\W{{{narrow}}}(?=\w)", "", stretch)
        found.append((TextSpan(*match.span()), re.sub(r"\W+", " ", words)))
    return found


def has_tags(text: str) -> bool:
    """Whether a text holds tag characters that spell letters, which only programs read."""
    return not text.isascii() and any(_TAG_FIRST <= ord(each) <= _TAG_LAST for each in set(text))
