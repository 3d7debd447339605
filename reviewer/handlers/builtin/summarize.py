"""Summaries by extraction: the sentences that say most, exactly as they stand."""

import math
import re
from collections import Counter

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import sha256_hex
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.builtin.facets import cue_facet, has_cue, heading_facet
from reviewer.handlers.builtin.sentences import sentences

MAX_SENTENCES = 3
CHARS_A_SENTENCE = 700
"""One sentence is taken for so many characters of text, up to three."""
CAPTION_CHARS = 30
MIN_WORDS, MAX_WORDS = 6, 60

_WORD = re.compile(r"[^\W\d_]{3,}")
_BREAK = re.compile(r"(?<=\w)-\n(?=[^\W\d_A-Z])")
_CITED = re.compile(r"\(\s*[^()]{2,80}\b(?:19|20)\d\d[a-z]?\s*\)|\[\d+(?:[,–-]\s*\d+)*\]")
_STOP = frozenset(
    re.findall(
        r"\w+",
        "the and for that with this from are was were which have has had not but its their they can also been more "
        "than these those such into between both each our other some most may will when where while there here over "
        "der die das und ist sind war waren mit von für auf den dem des ein eine einer eines einem nicht auch als wie "
        "bei aus nach sich wird wurde wurden werden dass oder aber zum zur über unter durch diese dieser dieses wir",
    )
)
_CAPTION = re.compile(r"\b(?:Table|Figure|Fig\.|Tabelle|Abbildung|Abb\.|Box)\s*\w{1,4}[.:]?\s*\Z")
_LEANING = re.compile(r"(?:this|these|it|they|however|therefore|thus|dies\w*|sie|es)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


class SummarizeHandler:
    """Implements `reviewer.ports.handling.RuleHandler`. Deterministic; takes sentences, writes none."""

    version = "1"
    fingerprint = sha256_hex("extractive")

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        """Up to three sentences in the order of the text: criterion ``summary:<n>``, value = facet, or empty."""
        item = task.item
        candidates = _candidates(item.text)
        weights = Counter(word for _, text in candidates for word in set(_words(text)))
        wanted = max(1, min(MAX_SENTENCES, len(item.text) // CHARS_A_SENTENCE))
        facet = heading_facet(item.heading) or heading_facet(item.path)
        scored = sorted(
            range(len(candidates)),
            key=lambda index: (-_score(candidates[index][1], weights, index, facet), index),
        )
        chosen = [candidates[index] for index in sorted(scored[:wanted])]
        own = "" if item.kind is SectionKind.ABSTRACT else facet
        return tuple(
            Judgement(f"summary:{number}", own or cue_facet(text), text, (Evidence(span.of(item.text), span.start),))
            for number, (span, text) in enumerate(chosen, 1)
        )


def _is_whole(sentence: str) -> bool:
    """False for pieces of tables, lists and headings: a sentence begins and ends like one."""
    begins = not sentence[0].islower() and sentence[0] not in "-•"
    return begins and sentence.rstrip("\"'”’»)]")[-1:] in ".!?" and MIN_WORDS <= len(sentence.split()) <= MAX_WORDS


def one_line(text: str) -> str:
    """Words as a reader reads them: line breaks joined, and the hyphens of broken words taken out."""
    return " ".join(_BREAK.sub("", text).split())


def _candidates(text: str) -> list[tuple[TextSpan, str]]:
    """The whole sentences of fit length, captions apart, on one line each; what stands twice is taken once."""
    found: dict[str, TextSpan] = {}
    for span in sentences(text):
        words = one_line(span.of(text))
        if _is_whole(words) and not _CAPTION.search(text, max(0, span.start - CAPTION_CHARS), span.start):
            found.setdefault(words, span)
    return [(span, words) for words, span in found.items()]


def _words(sentence: str) -> list[str]:
    return [word for word in (match.lower() for match in _WORD.findall(sentence)) if word not in _STOP]


def _score(sentence: str, weights: Counter[str], index: int, facet: str) -> float:
    """How much a sentence says: words it shares with the rest, figures, cues; less where it leans on other works."""
    words = _words(sentence)
    shared = sum(weights[word] - 1 for word in set(words)) / (math.sqrt(len(words)) + 1)
    figures = min(3, len(_FIGURE.findall(sentence))) if facet in ("", "result", "method") else 0
    cue = 2.0 if has_cue(sentence, facet) else 0.0
    lead = 1.5 if index == 0 else 0.0
    cited = 1.5 * len(_CITED.findall(sentence))
    leans = 1.0 if _LEANING.match(sentence) else 0.0
    return shared + figures * 0.5 + cue + lead - cited - leans
