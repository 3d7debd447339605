"""Passages of a document that speak to a reading program, wherever they stand: hidden text, comments, the body."""

import base64
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.anchor import TextSpan
from reviewer.domain.disguise import closed_up, has_tags, undisguised
from reviewer.domain.document import Document, Visibility
from reviewer.domain.suspicion_screen import Screen, concept
from reviewer.domain.suspicion_windows import windows

MAX_PASSAGES = 20
MAX_CHARS = 600
"""Of a passage; what begins it is what decides."""
_WIDER = 120
_JOIN = 40
"""Suspicious places no further apart are one passage."""


class Suspicion(StrEnum):
    """Why a passage is suspicious: what it does to a program that reads it."""

    OVERRIDE = "override"
    FORGED = "forged"
    EXFILTRATION = "exfiltration"
    ENCODED = "encoded"
    ADDRESSED = "addressed"
    VERDICT = "verdict"
    SKIP = "skip"
    PLANTED = "planted"
    DISGUISED = "disguised"


@dataclass(frozen=True, slots=True)
class Passage:
    """A suspicious passage.

    Attributes:
        span: offsets into ``Document.text``.
        reasons: what it does, the gravest first; at least one.
        visibility: who sees it.
        is_disguised: its letters were split, replaced, spaced out or encoded.
    """

    span: TextSpan
    reasons: tuple[Suspicion, ...]
    visibility: Visibility
    is_disguised: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """Concepts that together are suspicious: each within ``reach`` characters of the first one.

    ``after``: the others must follow it.
    """

    suspicion: Suspicion
    concepts: tuple[str, ...]
    reach: int = 120
    after: bool = False


_S = Suspicion
_RULES = (
    _Rule(_S.FORGED, ("token",)),
    _Rule(_S.OVERRIDE, ("override", "orders"), 70, after=True),
    _Rule(_S.OVERRIDE, ("override_last", "orders"), 20),
    _Rule(_S.OVERRIDE, ("void", "told"), 90),
    _Rule(_S.OVERRIDE, ("override_any", "program", "orders"), 160),
    _Rule(_S.OVERRIDE, ("override_any", "vocative"), 200),
    _Rule(_S.OVERRIDE, ("role", "verdict"), 200),
    _Rule(_S.OVERRIDE, ("role", "override_any"), 160),
    _Rule(_S.OVERRIDE, ("role", "you_must"), 160),
    _Rule(_S.OVERRIDE, ("role", "program"), 80),
    _Rule(_S.OVERRIDE, ("role", "skip_any"), 160),
    _Rule(_S.OVERRIDE, ("role", "answer"), 100),
    _Rule(_S.FORGED, ("end", "role"), 300, after=True),
    _Rule(_S.FORGED, ("end", "you_must"), 300, after=True),
    _Rule(_S.FORGED, ("end", "override"), 300, after=True),
    _Rule(_S.FORGED, ("end", "vocative"), 300, after=True),
    _Rule(_S.FORGED, ("end", "program", "answer"), 300, after=True),
    _Rule(_S.FORGED, ("end", "system", "answer_any"), 300, after=True),
    _Rule(_S.FORGED, ("end", "answer", "verdict"), 300, after=True),
    _Rule(_S.FORGED, ("system", "done", "verdict"), 240, after=True),
    _Rule(_S.FORGED, ("system", "json"), 160, after=True),
    _Rule(_S.FORGED, ("system", "role"), 160, after=True),
    _Rule(_S.FORGED, ("system", "you_must"), 160, after=True),
    _Rule(_S.FORGED, ("system", "override"), 120, after=True),
    _Rule(_S.FORGED, ("system", "answer", "verdict"), 160, after=True),
    _Rule(_S.FORGED, ("system", "answer", "shout"), 160, after=True),
    _Rule(_S.FORGED, ("json", "verdict"), 160),
    _Rule(_S.EXFILTRATION, ("carry", "link", "secret"), 200),
    _Rule(_S.EXFILTRATION, ("carry", "link", "reply"), 120),
    _Rule(_S.ENCODED, ("decode",)),
    _Rule(_S.ADDRESSED, ("vocative", "verdict"), 260),
    _Rule(_S.ADDRESSED, ("vocative", "skip_any"), 260),
    _Rule(_S.ADDRESSED, ("vocative", "answer"), 200),
    _Rule(_S.ADDRESSED, ("vocative", "carry"), 160),
    _Rule(_S.ADDRESSED, ("vocative", "hide"), 260),
    _Rule(_S.ADDRESSED, ("vocative", "plant"), 200),
    _Rule(_S.ADDRESSED, ("program", "frame", "verdict", "modal"), 220),
    _Rule(_S.ADDRESSED, ("program", "frame", "skip_any"), 200),
    _Rule(_S.ADDRESSED, ("program", "frame", "hide"), 220),
    _Rule(_S.ADDRESSED, ("program", "frame", "answer"), 180),
    _Rule(_S.ADDRESSED, ("program_reads", "modal", "verdict"), 160),
    _Rule(_S.ADDRESSED, ("program_reads", "modal", "skip_any"), 140),
    _Rule(_S.ADDRESSED, ("program_reads", "answer", "verdict"), 160),
    _Rule(_S.ADDRESSED, ("program_reads", "hide"), 160),
    _Rule(_S.ADDRESSED, ("authority", "program_reads", "answer_any"), 240),
    _Rule(_S.ADDRESSED, ("authority", "program", "verdict"), 240),
    _Rule(_S.ADDRESSED, ("authority", "you_must"), 200),
    _Rule(_S.ADDRESSED, ("authority", "answer", "verdict", "object"), 200),
    _Rule(_S.ADDRESSED, ("hide", "you_must"), 200),
    _Rule(_S.ADDRESSED, ("hide", "answer"), 160),
    _Rule(_S.ADDRESSED, ("hide", "skip"), 160),
    _Rule(_S.VERDICT, ("answer", "shout"), 70, after=True),
    _Rule(_S.VERDICT, ("answer", "verdict", "object"), 90, after=True),
    _Rule(_S.VERDICT, ("you_must", "verdict"), 90, after=True),
    _Rule(_S.VERDICT, ("flatter", "answer"), 160),
    _Rule(_S.VERDICT, ("flatter", "program"), 200),
    _Rule(_S.VERDICT, ("flatter", "verdict", "answer_any"), 160),
    _Rule(_S.VERDICT, ("answer_word", "shout"), 24, after=True),
    _Rule(_S.SKIP, ("testing", "skip"), 120),
    _Rule(_S.SKIP, ("testing", "skip_any", "section"), 120),
    _Rule(_S.SKIP, ("testing", "answer", "verdict"), 160),
    _Rule(_S.SKIP, ("skip", "section", "program"), 120),
    _Rule(_S.SKIP, ("skip", "section"), 50, after=True),
    _Rule(_S.PLANTED, ("plant", "verdict"), 240),
    _Rule(_S.PLANTED, ("plant", "answer"), 120),
    _Rule(_S.PLANTED, ("plant", "program"), 120),
    _Rule(_S.PLANTED, ("plant", "flatter"), 200),
)
_HIDDEN_RULES = tuple(
    _Rule(suspicion, concepts, 200)
    for suspicion, concepts in (
        (_S.OVERRIDE, ("override_any", "orders")),
        (_S.OVERRIDE, ("role",)),
        (_S.ADDRESSED, ("program", "modal")),
        (_S.ADDRESSED, ("program_reads",)),
        (_S.ADDRESSED, ("vocative",)),
        (_S.ADDRESSED, ("you_must",)),
        (_S.ADDRESSED, ("hide",)),
        (_S.VERDICT, ("answer_any", "verdict")),
        (_S.VERDICT, ("flatter",)),
        (_S.SKIP, ("skip_any", "section")),
        (_S.PLANTED, ("plant",)),
        (_S.EXFILTRATION, ("link", "reply")),
        (_S.EXFILTRATION, ("link", "secret")),
    )
)
"""What suffices in text that nobody sees: it speaks to nobody else."""
_NEARBY = ("object", "modal", "frame")
_UNSEEN = (Visibility.HIDDEN, Visibility.COMMENT, Visibility.DELETED)
_CODE = re.compile(
    r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{4}[\s]?){6,}(?:[A-Za-z0-9+/]{2,4}={0,2})?|\b(?:[0-9a-fA-F]{2}[ ]?){16,}"
)
_MOST_CODE = 4000
_GRAVITY = {suspicion: index for index, suspicion in enumerate(Suspicion)}
_SQUEEZED = re.compile(
    r"(?:ignore|disregard|forget|override)(?:all|any|the|your|previous|prior|earlier|above)|systemprompt|(?:answer|reply|respond|output|rate|mark)\w{0,40}"
    r"(?:compliant|preferred|lowrisk|approved|acceptable|noissues)|youarenow|youmust(?:answer|rate|ignore|mark|report)|noweaknesses|newinstructions",
    re.IGNORECASE,
)


def suspicious_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document that speak to a program which reads it, hidden text included, in order.

    Decides by what a passage does (gives orders about an answer, forges the end of the document or a turn of the model,
    addresses programs, plants a verdict), not by its wording. Linear; 0.15 s of processor time for 100,000
    characters on the slow machine where every expression searched for by itself took 0.4 s (180 contracts and papers).

    Returns:
        at most ``MAX_PASSAGES``, none longer than ``MAX_CHARS``, none across a border of visibility.
    """
    return tuple(_limited(document))


def _limited(document: Document) -> Iterator[Passage]:
    count = 0
    for visibility, span in _stretches(document):
        for passage in _passages(span.of(document.text), visibility):
            if count == MAX_PASSAGES:
                return
            count += 1
            start, end = span.start + passage.span.start, span.start + passage.span.end
            yield Passage(
                TextSpan(start, min(end, start + MAX_CHARS)), passage.reasons, visibility, passage.is_disguised
            )


def _stretches(document: Document) -> Iterator[tuple[Visibility, TextSpan]]:
    """Runs of blocks that are seen alike; all that a reader of the body sees counts as one kind."""
    if not document.blocks:
        yield Visibility.VISIBLE, TextSpan(0, len(document.text))
        return
    runs: list[tuple[Visibility, int, int]] = []
    for index, block in enumerate(document.blocks):
        start = block.span.start if index else 0
        end = document.blocks[index + 1].span.start if index + 1 < len(document.blocks) else len(document.text)
        kind = block.visibility if block.visibility in _UNSEEN else Visibility.VISIBLE
        if runs and runs[-1][0] is kind:
            runs[-1] = (kind, runs[-1][1], end)
        else:
            runs.append((kind, start, end))
    for kind, start, end in runs:
        yield kind, TextSpan(start, end)


def _passages(text: str, visibility: Visibility) -> Iterator[Passage]:
    """The passages of one stretch, in its own offsets, neighbours joined."""
    found = sorted(_places(text, visibility), key=lambda each: (each[0].start, each[0].end))
    waiting: list[tuple[TextSpan, set[Suspicion], bool]] = []
    for span, suspicion, is_disguised in found:
        if waiting and span.start - waiting[-1][0].end <= _JOIN:
            last, reasons, before = waiting.pop()
            waiting.append(
                (TextSpan(last.start, max(last.end, span.end)), reasons | {suspicion}, before or is_disguised)
            )
        else:
            waiting.append((span, {suspicion}, is_disguised))
    for span, reasons, is_disguised in waiting:
        whole = _whole_sentences(text, span)
        yield Passage(whole, tuple(sorted(reasons, key=_GRAVITY.__getitem__)), visibility, is_disguised)


def _places(text: str, visibility: Visibility) -> Iterator[tuple[TextSpan, Suspicion, bool]]:
    rules = _RULES + _HIDDEN_RULES if visibility in _UNSEEN else _RULES
    plain = undisguised(text)
    for span, suspicion in _matches(plain.text, rules):
        source = plain.source(span)
        is_disguised = plain.origins is not None and _differs(source.of(text), span.of(plain.text))
        yield source, suspicion, is_disguised
    if has_tags(text):
        for match in re.finditer("[\U000e0020-\U000e007e]{4,}+(?!\U000e007f)", text):
            yield TextSpan(*match.span()), Suspicion.DISGUISED, True
    for span, words in closed_up(plain.text):
        if _SQUEEZED.search(words.replace(" ", "")) or any(_matches(words, _RULES)):
            yield plain.source(span), Suspicion.DISGUISED, True
    for span, words in _decoded(plain.text):
        if any(_matches(words, _RULES + _HIDDEN_RULES)):
            yield plain.source(span), Suspicion.ENCODED, True


def _differs(source: str, plain: str) -> bool:
    """Whether letters were put in, left out or replaced; ligatures and wide forms are no disguise."""
    return len(source) > len(plain) + 2 or any(
        "\u0370" <= a <= "\u058f" and b.isascii() for a, b in zip(source, plain, strict=False)
    )


def _matches(plain: str, rules: Iterable[_Rule]) -> Iterator[tuple[TextSpan, Suspicion]]:
    for window in windows(plain):
        yield from _within(plain, window, rules)


def _within(plain: str, window: TextSpan, rules: Iterable[_Rule]) -> Iterator[tuple[TextSpan, Suspicion]]:
    hits: dict[str, list[TextSpan]] = {}
    screen = Screen(plain, window)
    for rule in rules:
        if not screen.holds_all(rule.concepts):
            continue
        for name in rule.concepts:
            if name not in hits:
                hits[name] = _hits(name, plain, window)
        for first in hits[rule.concepts[0]]:
            others = [_nearest(hits[concept], first, rule) for concept in rule.concepts[1:]]
            spans = [each for each in others if each is not None]
            if len(spans) == len(others):
                yield _around([first, *spans], rule), rule.suspicion


def _hits(name: str, plain: str, window: TextSpan) -> list[TextSpan]:
    return [TextSpan(*match.span()) for match in concept(name).finditer(plain, window.start, window.end)]


def _around(spans: list[TextSpan], rule: _Rule) -> TextSpan:
    """From the first to the last of what a rule found, without what only has to be somewhere near."""
    told = [span for span, concept in zip(spans, rule.concepts, strict=True) if concept not in _NEARBY]
    return TextSpan(min(each.start for each in told), max(each.end for each in told))


def _nearest(hits: list[TextSpan], first: TextSpan, rule: _Rule) -> TextSpan | None:
    """The hit closest to another one within the rule's reach, or None."""
    index = bisect_left(hits, first.start, key=lambda each: each.start)
    candidates = hits[index : index + 2] if rule.after else hits[max(0, index - 1) : index + 2]
    near = [each for each in candidates if _gap(each, first) <= rule.reach]
    return min(near, key=lambda each: _gap(each, first), default=None)


def _gap(one: TextSpan, other: TextSpan) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _decoded(plain: str) -> Iterator[tuple[TextSpan, str]]:
    """Stretches of base64 or hexadecimal digits that spell out a text, with that text."""
    for match in _CODE.finditer(plain):
        run = re.sub(r"\s", "", match.group()[:_MOST_CODE])
        for decode in (_from_hex, _from_base64):
            words = decode(run)
            if words:
                yield TextSpan(*match.span()), words
                break


def _from_hex(run: str) -> str:
    try:
        return _printable(bytes.fromhex(run))
    except ValueError:
        return ""


def _from_base64(run: str) -> str:
    bare = run.rstrip("=")
    return _printable(base64.b64decode(bare + "=" * (-len(bare) % 4)))


def _printable(data: bytes) -> str:
    try:
        words = data.decode()
    except UnicodeDecodeError:
        return ""
    return words if sum(each.isprintable() or each.isspace() for each in words) >= 0.95 * len(words) else ""


def _whole_sentences(text: str, span: TextSpan) -> TextSpan:
    """The span widened to its sentences, by at most so many characters on each side."""
    words = span.of(text)
    span = TextSpan(span.start + len(words) - len(words.lstrip()), span.end)
    before = text[max(0, span.start - _WIDER) : span.start]
    cut = max(
        (match.end() for match in re.finditer(r"[.!?。！？]\s+|\n", before)),
        default=len(before) if len(before) == _WIDER else 0,
    )
    after = re.search(r"[.!?。！？](?=\s|$)|\n", text[span.end : span.end + _WIDER])
    end = span.end + (after.end() if after else 0)
    start = span.start - (len(before) - cut)
    whole = text[start:end]
    return TextSpan(start + len(whole) - len(whole.lstrip()), max(span.end, start + len(whole.rstrip())))
