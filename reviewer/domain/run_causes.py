"""Why two runs differ about a finding: what they were done with that is not the same, and bears on it."""

from collections.abc import Iterator
from enum import StrEnum

from reviewer.domain.finding import Finding
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run import RunStatus
from reviewer.domain.run_record import split_digest
from reviewer.domain.vote import RULE


class Cause(StrEnum):
    """Why a finding is another one in a second run.

    *settings*: how many votes, when they end early, their weights, questions, redaction. *version*: another version of
    this program or of a library. *unfinished*: one of the runs did not finish, or parts of it failed. *unnoted*:
    nothing else differs, and one of the runs did not yet note what it was done with. *chance*: nothing differs; models
    answered otherwise when asked again.
    """

    DOCUMENT = "document"
    SPLIT = "split"
    WORKFLOW = "workflow"
    PLAYBOOK = "playbook"
    PROMPT = "prompt"
    MODEL = "model"
    SETTINGS = "settings"
    VERSION = "version"
    UNFINISHED = "unfinished"
    UNNOTED = "unnoted"
    CHANCE = "chance"


_SETTINGS = (
    *("adaptive", "weights", "questions", "redact", "redact_terms", "redact_patterns", "redact_local"),
    *("hidden_text", "base_urls"),
)
"""Options of a run that bear on what it finds. Its seed is chance, and how fast it may ask decides nothing."""


class Causes:
    """What differs between two runs; asked finding by finding."""

    def __init__(self, before: Report, after: Report) -> None:
        self._runs = before, after
        self._documents = [{each.document.name: each for each in run.documents.values()} for run in self._runs]

    def of(self, document: str, before: Finding | None, after: Finding | None) -> tuple[Cause, ...]:
        """All that differs and bears on a finding, which one of the runs may not have; never empty.

        Args:
            document: name of the document.
            before: the finding of the earlier run.
            after: that of the later one.
        """
        pair = [reports.get(document) for reports in self._documents]
        if pair[0] is None or pair[1] is None:
            return (Cause.DOCUMENT,)
        asked = any(_voters(each) - {RULE} for each in (before, after) if each)
        found = [*_of_files(pair[0], pair[1], asked=asked), *self._of_runs(before, after, asked=asked)]
        if found:
            return tuple(found)
        noted = all(each.footing.source for each in pair if each)
        return (Cause.CHANCE if noted else Cause.UNNOTED,)

    def _of_runs(self, before: Finding | None, after: Finding | None, *, asked: bool) -> Iterator[Cause]:
        one, two = self._runs
        if asked and _models(one) != _models(two) and _differ_in_voters(before, after):
            yield Cause.MODEL
        if asked and _settings(one) != _settings(two):
            yield Cause.SETTINGS
        if one.versions and two.versions and one.versions != two.versions:
            yield Cause.VERSION
        if any(each.run is not None and each.run.status is not RunStatus.DONE for each in self._runs):
            yield Cause.UNFINISHED


def _of_files(one: DocumentReport, two: DocumentReport, *, asked: bool) -> Iterator[Cause]:
    """What differs in what was read, and what it was held against."""
    old, new = one.footing, two.footing
    if one.document.id != two.document.id:
        yield Cause.DOCUMENT
    elif split_digest(one.sections) != split_digest(two.sections):
        yield Cause.SPLIT
    has_other_prompts = old.prompts != new.prompts and bool(old.source and new.source)
    is_other_file = bool(old.workflow and new.workflow) and old.workflow != new.workflow and not has_other_prompts
    if one.workflow != two.workflow or is_other_file or _differ(old.workflow_version, new.workflow_version):
        yield Cause.WORKFLOW
    if one.playbook != two.playbook or _differ(old.playbook, new.playbook):
        yield Cause.PLAYBOOK
    if asked and has_other_prompts and one.workflow == two.workflow:
        yield Cause.PROMPT


def _differ(one: str | int, two: str | int) -> bool:
    """True where both are noted, and not the same."""
    return bool(one and two) and one != two


def _models(report: Report) -> tuple[set[str], set[tuple[str, str]]]:
    """Which models a run asked, and which others answered."""
    return set(report.run.models if report.run else ()), set(report.substitutes)


def _settings(report: Report) -> list[object]:
    if report.run is None:
        return []
    return [report.run.votes, *(report.run.options.get(name, "") for name in _SETTINGS)]


def _differ_in_voters(before: Finding | None, after: Finding | None) -> bool:
    return before is None or after is None or _voters(before) != _voters(after)


def _voters(finding: Finding) -> set[str]:
    return {vote.answered_by or vote.rater for vote in finding.votes}
