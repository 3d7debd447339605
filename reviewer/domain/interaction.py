"""Interactions: what findings of different sections mean together."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.finding import Finding
from reviewer.domain.ids import DocumentId, FindingId, content_id
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.vote import RULE


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something that no section shows alone.

    Attributes:
        id: derived from the rule and the findings, so that it survives a re-run.
        rule: id of the playbook's rule; empty where a model saw it.
        text: what the findings mean together, in a sentence or two.
        findings: ids of the findings it rests on, worst first; at least two.
        by: ``rule``, or the model.
    """

    id: str
    rule: str
    title: str
    text: str
    severity: Severity
    findings: tuple[FindingId, ...]
    by: str = RULE


@dataclass(frozen=True, slots=True)
class InteractionPart:
    """One condition of a rule: a finding about this position has one of these outcomes."""

    position: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class InteractionRule:
    """A rule over findings. It holds where each of its parts, at least two, has a finding."""

    id: str
    title: str
    says: str
    severity: Severity
    when: tuple[InteractionPart, ...]


def interactions_of(
    rules: Sequence[InteractionRule], document: DocumentId, findings: Sequence[Finding]
) -> tuple[Interaction, ...]:
    """What rules find in a document's findings, worst first, then in the order of rules; each rule once.

    Linear in rules and findings.
    """
    found = []
    for rule in rules:
        parts = [[each.id for each in findings if _fits(part, each)] for part in rule.when]
        if all(parts):
            ids = tuple(dict.fromkeys(finding for part in parts for finding in part))
            found.append(made(document, ids, rule.title, rule.says, rule.severity, rule=rule.id))
    return tuple(sorted(found, key=lambda each: each.severity.rank))


def made(
    document: DocumentId,
    findings: tuple[FindingId, ...],
    title: str,
    text: str,
    severity: Severity,
    *,
    rule: str = "",
    by: str = RULE,
) -> Interaction:
    """An interaction with its id."""
    name = content_id("inter", document, rule or by, *sorted(findings))
    return Interaction(name, rule, title, text, severity, findings, by)


def _fits(part: InteractionPart, finding: Finding) -> bool:
    return finding.position == part.position and finding.outcome in part.outcomes
