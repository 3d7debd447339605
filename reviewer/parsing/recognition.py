"""Text recognition of the scanned pages of documents: which language, which way up, several pages at a time."""

import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeAlias

from reviewer.parsing.messages import InvalidMessageError
from reviewer.parsing.program import ProgramError
from reviewer.parsing.scan import Picture, Word
from reviewer.parsing.tesseract import LANGUAGES, Tesseract

Identify: TypeAlias = Callable[[str], tuple[str, float]]
"""ISO 639-1 code of a text's language and the confidence in it; as `reviewer.ports.handling.LanguageIdentifier`."""

_SURE = 0.7  # mean confidence; with less the language or the orientation is likely another
_READABLE = 0.4  # mean confidence; with less it is noise. Text that is upside down gets 0.37
_SURE_LANGUAGE = 0.5
_HAN = ("Han", "HanS", "HanT")
_MAX_AT_ONCE = 8


class Recognizer:
    """Recognises pages by Tesseract, several at a time. Starts nothing before the first page.

    Args:
        tesseract: the program.
        identify: tells the language of recognised text.
    """

    def __init__(self, tesseract: Tesseract, identify: Identify) -> None:
        self._tesseract = tesseract
        self._identify = identify
        self._lock = threading.Lock()
        self._installed: tuple[str, ...] | None = None
        self.at_once = max(1, min(_MAX_AT_ONCE, os.cpu_count() or 1))
        self._threads = ThreadPoolExecutor(self.at_once, thread_name_prefix="reviewer-ocr")

    @property
    def languages(self) -> tuple[str, ...]:
        """Those installed, as Tesseract calls them; none where it does not work. Blocks the first time."""
        with self._lock:
            if self._installed is None:
                self._installed = self._tesseract.languages()
            return self._installed

    def submit(self, picture: Picture, scans: "Scans") -> Future[tuple[Word, ...]]:
        """Begins to recognise a picture."""
        try:
            return self._threads.submit(self.words, picture, scans)
        except RuntimeError:  # closed
            nothing: Future[tuple[Word, ...]] = Future()
            nothing.set_result(())
            return nothing

    def words(self, picture: Picture, scans: "Scans") -> tuple[Word, ...]:
        """The words of a picture; none where nothing can be read on it."""
        try:
            found = self._best(picture, scans)
        except ProgramError:
            return ()
        return found.words if found.confidence >= _READABLE else ()

    def close(self) -> None:
        """Ends what is running. Nothing can be recognised afterwards."""
        self._tesseract.close()
        self._threads.shutdown(cancel_futures=True)

    def _best(self, picture: Picture, scans: "Scans") -> "_Attempt":
        first = self._attempt(picture, scans.language or self.languages[0])
        if first.confidence < _SURE:
            return max(first, self._other_way(picture, first), key=lambda attempt: attempt.confidence)
        other = self._language_of(first)
        if other == first.language:
            scans.language = other
            return first
        second = self._attempt(picture, other)
        best = max(second, first, key=lambda attempt: attempt.confidence)
        scans.language = best.language
        return best

    def _other_way(self, picture: Picture, first: "_Attempt") -> "_Attempt":
        """Once more, the way up and in the script that the picture seems to have."""
        turns, script = self._tesseract.orientation(picture)
        chinese = LANGUAGES["zh"]
        language = chinese if script in _HAN and chinese in self.languages else first.language
        if not turns and language == first.language:
            return first
        return self._attempt(turned(picture, turns), language).turned_back(picture, turns)

    def _attempt(self, picture: Picture, language: str) -> "_Attempt":
        return _Attempt(language, self._tesseract.words(picture, language))

    def _language_of(self, attempt: "_Attempt") -> str:
        code, confidence = self._identify(" ".join(word.text for word in attempt.words))
        name = LANGUAGES.get(code, "")
        return name if name in self.languages and confidence >= _SURE_LANGUAGE else attempt.language


class Scans:
    """The scanned pages of one document: handed over one by one, and their words taken in the same order.

    Args:
        recognizer: None where text cannot be recognised; then no page may be handed over.
    """

    def __init__(self, recognizer: Recognizer | None) -> None:
        self._recognizer = recognizer
        self._pages: deque[Future[tuple[Word, ...]]] = deque()
        self.language = ""
        """What the page that was recognised last is written in, as Tesseract calls it; empty before the first."""

    @property
    def at_once(self) -> int:
        """How many pages may be handed over before their words are taken: one more than are recognised at a time."""
        return self._recognizer.at_once + 1 if self._recognizer else 0

    def add(self, picture: Picture) -> None:
        """Begins to recognise a page.

        Raises:
            InvalidMessageError: there are more than may be handed over.
        """
        if self._recognizer is None or len(self._pages) >= self.at_once:
            raise InvalidMessageError("too many pictures")
        self._pages.append(self._recognizer.submit(picture, self))

    def next_words(self) -> tuple[Word, ...]:
        """The words of the first page that was not taken yet. Blocks until it is recognised.

        Raises:
            InvalidMessageError: there is no such page.
        """
        if not self._pages:
            raise InvalidMessageError("no picture")
        try:
            return self._pages.popleft().result()
        except CancelledError:  # the program is closing
            return ()

    def close(self) -> None:
        """Gives up what was not begun."""
        for page in self._pages:
            page.cancel()


@dataclass(frozen=True, slots=True)
class _Attempt:
    language: str
    words: tuple[Word, ...]

    @property
    def confidence(self) -> float:
        """The mean over all characters."""
        count = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / count if count else 0.0

    def turned_back(self, picture: Picture, turns: int) -> "_Attempt":
        """With places in the picture as it was before it was turned."""
        return replace(self, words=tuple(_turned_back(word, picture, turns) for word in self.words))


def turned(picture: Picture, turns: int) -> Picture:
    """The picture after so many quarter turns clockwise."""
    pixels, width = picture.pixels, picture.width
    if turns == 2:  # noqa: PLR2004 - upside down
        return Picture(width, picture.height, picture.dpi, pixels[::-1])
    columns = [pixels[column::width] for column in range(width)] if turns else []
    if turns == 1:
        return Picture(picture.height, width, picture.dpi, b"".join(column[::-1] for column in columns))
    return Picture(picture.height, width, picture.dpi, b"".join(columns[::-1])) if turns else picture


def _turned_back(word: Word, picture: Picture, turns: int) -> Word:
    width, height = picture.width, picture.height
    places = {
        0: (word.left, word.top, word.right, word.bottom),
        1: (word.top, height - word.right, word.bottom, height - word.left),
        2: (width - word.right, height - word.bottom, width - word.left, height - word.top),
        3: (width - word.bottom, word.left, width - word.top, word.right),
    }
    left, top, right, bottom = places[turns]
    return Word(word.text, word.line, left, top, right, bottom, word.confidence, turns)
