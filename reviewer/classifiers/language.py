"""Language identification by character n-grams, offline: the model comes with its package."""

import re
import threading
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import Protocol

from reviewer.classifiers.telling_words import SMALL, hits
from reviewer.classifiers.words import MARKS

_MIN_LETTERS = 20
_MIN_SYLLABLES = 8
"""Scripts that write a syllable or a word with one character tell more with fewer."""
_MAX_CHARS = 4000
_MIN_CONFIDENCE = 0.35
"""Lists of names and numbers come out below it; sentences of 40 characters and more above (lowest seen: 0.43)."""
_LETTER = re.compile(rf"[^\W\d_]|[{MARKS}]")
_DENSE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\d+|[-_=.*]{3,}")
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,}\b")
_MEMBERS = {
    "wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "nb": "no", "nn": "no", "uzs": "uz", "sdh": "ku", "gug": "gn",
}  # fmt: skip
"""Languages that ISO 639-1 counts to another one, or that are one language in two written forms."""
_SMALL_PRIOR = 0.4
_HIT = 2.0
"""So many times likelier is a language for each small word or letter of its own."""
_LIKELY = 0.02
_CODE_LETTERS = 2
_MALAY = {
    "bahawa", "kerana", "berbeza", "mahkamah", "sahaja", "hendaklah", "kesihatan", "warganegara", "perkhidmatan",
    "syarikat", "mana-mana", "perlembagaan", "beliau", "ialah", "pejabat", "wang", "cuti", "kementerian",
}  # fmt: skip
_INDONESIAN_OR_MALAY = {"id", "ms"}


class _Model(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


class NgramLanguageIdentifier:
    """Implements `reviewer.ports.handling.LanguageIdentifier` with py3langid.

    All languages of the model (140) are candidates. It is loaded at the first use, about a second; after that a text
    takes about a millisecond. Reads at most the first 4,000 characters. Safe from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: _Model | None = None

    def identify(self, text: str) -> tuple[str, float]:
        """ISO 639-1 code and confidence from 0 to 1; ``("", 0.0)`` where the text does not tell.

        The code has three letters where ISO 639-1 has none. A text that does not tell has less than 20 letters (8 of a
        script that writes a syllable or a word with one character), or is like no language, such as a list of names.
        Addresses and digits are left out.

        Simplified and traditional Chinese are both ``zh``. Indonesian and Malay share most words: such a text is ``ms``
        only where it holds a word that Malay alone spells that way.
        """
        sample = _NOISE.sub(" ", text[:_MAX_CHARS])
        if not _is_enough(sample):
            return "", 0.0
        # The model learned from running text: words in capitals, as contracts shout them, look foreign to it.
        sample = _CAPITALS.sub(lambda word: word[0].lower(), sample)
        code, confidence = _weighed(sample, self._loaded().rank(sample))
        if confidence < _MIN_CONFIDENCE:
            return "", 0.0
        if code in _INDONESIAN_OR_MALAY:
            code = "id" if _MALAY.isdisjoint(re.findall(r"[\w-]+", sample.lower())) else "ms"
        return code, round(confidence, 4)

    def _loaded(self) -> _Model:
        with self._lock:
            if self._model is None:
                self._model = _load()
            return self._model


def _is_enough(sample: str) -> bool:
    if len(_DENSE_LETTER.findall(sample)) >= _MIN_SYLLABLES:
        return True
    return len(_LETTER.findall(sample)) >= _MIN_LETTERS


def _weighed(sample: str, ranked: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The likeliest language: n-grams, how much is written in it at all, and signs that only it has."""
    likely = {code: float(chance) for code, chance in ranked if chance >= _LIKELY}
    signs = hits(sample, frozenset(likely)) if len(likely) > 1 else {}
    chances: defaultdict[str, float] = defaultdict(float)
    for code, chance in likely.items():
        prior = _SMALL_PRIOR if code in SMALL or (len(code) > _CODE_LETTERS and code not in _MEMBERS) else 1.0
        chances[_MEMBERS.get(code, code)] += chance * prior * _HIT ** signs.get(code, 0)
    rest = max(0.0, 1 - sum(likely.values()))
    code, chance = max(chances.items(), key=itemgetter(1))
    return code, chance / (sum(chances.values()) + rest)


def _load() -> _Model:
    # Imported here: numpy and the model cost a second that commands without a document need not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return model
