"""Language identification by character n-grams, offline: the model comes with its package."""

import re
import threading
from typing import Protocol

_MIN_LETTERS = 20
_MIN_SYLLABLES = 8
"""Scripts that write a syllable or a word with one character tell more with fewer."""
_MAX_CHARS = 4000
_MIN_CONFIDENCE = 0.35
"""Lists of names and numbers come out below it; sentences of 40 characters and more above (lowest seen: 0.43)."""
_LETTER = re.compile(r"[^\W\d_]")
_DENSE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\d+|[-_=.*]{3,}")
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,}\b")
_CHINESE = {"wuu": "zh", "yue": "zh"}
_CODE_LETTERS = 2
_MALAY = {
    "bahawa", "kerana", "berbeza", "mahkamah", "sahaja", "hendaklah", "kesihatan", "warganegara", "perkhidmatan",
    "syarikat", "mana-mana", "perlembagaan", "beliau", "ialah", "pejabat", "wang", "cuti", "kementerian",
}  # fmt: skip
_INDONESIAN_OR_MALAY = {"id", "ms"}


class _Model(Protocol):
    nb_classes: list[str]

    def set_languages(self, langs: list[str]) -> None: ...

    def classify(self, text: str) -> tuple[str, float]: ...


class NgramLanguageIdentifier:
    """Implements `reviewer.ports.handling.LanguageIdentifier` with py3langid.

    The model (140 languages) is loaded at the first use, about a second; after that a text takes about a millisecond.
    Reads at most the first 4,000 characters. Safe from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: _Model | None = None

    def identify(self, text: str) -> tuple[str, float]:
        """ISO 639-1 code and confidence from 0 to 1; ``("", 0.0)`` where the text does not tell.

        That is a text of less than 20 letters (8 of a script that writes a syllable or a word with one character), or
        one that is like no language, such as a list of names. Addresses and digits are left out.

        Simplified and traditional Chinese are both ``zh``. Indonesian and Malay share most words: such a text is ``ms``
        only where it holds a word that Malay alone spells that way.
        """
        sample = _NOISE.sub(" ", text[:_MAX_CHARS])
        if not _is_enough(sample):
            return "", 0.0
        # The model learned from running text: words in capitals, as contracts shout them, look foreign to it.
        code, confidence = self._loaded().classify(_CAPITALS.sub(lambda word: word[0].lower(), sample))
        if confidence < _MIN_CONFIDENCE:
            return "", 0.0
        code = _CHINESE.get(code, code)
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


def _load() -> _Model:
    # Imported here: numpy and the model cost a second that commands without a document need not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Languages without a two-letter code have no name in ISO 639-1 and, with few training texts, attract short ones.
    model.set_languages([code for code in model.nb_classes if len(code) == _CODE_LETTERS or code in _CHINESE])
    return model
