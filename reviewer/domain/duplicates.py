"""Duplicates: the same finding, made more than once because items overlap or two handlers saw the same words."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.finding import Finding


def without_duplicates(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings in their order, each once.

    Of those with the same position and outcome that rest on overlapping words the first is kept, with the citations of
    the others behind its own. What rests on no words of the document is a duplicate of nothing. Quadratic in the
    findings of one position.
    """
    kept: list[Finding] = []
    places: dict[tuple[str, str], list[int]] = {}
    for finding in findings:
        known = places.setdefault((finding.position, finding.outcome), [])
        same = next((index for index in known if _overlap(kept[index], finding)), None)
        if same is None:
            known.append(len(kept))
            kept.append(finding)
        else:
            kept[same] = _with_citations_of(kept[same], finding)
    return tuple(kept)


def _overlap(one: Finding, other: Finding) -> bool:
    return any(mine.overlaps(yours) for mine in _spans(one) for yours in _spans(other))


def _spans(finding: Finding) -> list[TextSpan]:
    return [each.anchor.span for each in finding.citations if each.is_evidence and each.anchor]


def _with_citations_of(kept: Finding, other: Finding) -> Finding:
    held = {each.anchor.span for each in kept.citations if each.anchor}
    new = tuple(each for each in other.citations if each.anchor and each.anchor.span not in held)
    return replace(kept, citations=kept.citations + new)
