"""Fifty pairs of runs, each with one thing that differs; and what is named where several do, or none is known."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.finding import Finding
from reviewer.domain.footing import NO_FOOTING, Footing
from reviewer.domain.ids import DocumentId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run import RunStatus
from reviewer.domain.run_causes import Cause
from reviewer.domain.run_diff import RunDiff, diff_runs
from tests.fakes.reports import make_finding, make_report

FOOTING = Footing("s" * 64, 1, "w1", 1, "p1", (("assess", "a1"),))
WHOLE = make_report()
DOCUMENT = next(iter(WHOLE.documents.values()))
SECTION = DOCUMENT.sections[0].id
CAP = make_finding("cap", Outcome.DEVIATES, Severity.HIGH, SECTION, voted=True)
LAW = make_finding("law", Outcome.MISSING, Severity.LOW, None)


def report(*findings: Finding, footing: Footing = FOOTING) -> Report:
    document = replace(DOCUMENT, findings=findings, footing=footing)
    assert WHOLE.run is not None
    run = replace(WHOLE.run, status=RunStatus.DONE)
    return replace(WHOLE, run=run, documents={DOCUMENT.document.id: document}, versions=(("reviewer", "1"),))


def of_document(change: Callable[[DocumentReport], DocumentReport]) -> Callable[[Report], Report]:
    return lambda whole: replace(whole, documents={key: change(each) for key, each in whole.documents.items()})


def footed(**fields: object) -> Callable[[Report], Report]:
    return of_document(lambda each: replace(each, footing=replace(each.footing, **fields)))  # type: ignore[arg-type]


def run_of(**fields: object) -> Callable[[Report], Report]:
    def change(whole: Report) -> Report:
        assert whole.run is not None
        return replace(whole, run=replace(whole.run, **fields))  # type: ignore[arg-type]  # fields of it

    return change


def other_id(each: DocumentReport) -> DocumentReport:
    return replace(each, document=replace(each.document, id=DocumentId("doc-other")))


def other_cut(each: DocumentReport) -> DocumentReport:
    return replace(each, sections=(*each.sections[:-1], replace(each.sections[-1], span=TextSpan(0, 1))))


def by_other_model(whole: Report) -> Report:
    """Another model is asked, and gives the votes."""

    def voted(each: Finding) -> Finding:
        return replace(each, votes=tuple(replace(vote, rater="openai/c") for vote in each.votes))

    whole = of_document(lambda each: replace(each, findings=tuple(map(voted, each.findings))))(whole)
    return run_of(models=("openai/c",))(whole)


CHANGES: dict[Cause, Callable[[Report], Report]] = {
    Cause.DOCUMENT: of_document(other_id),
    Cause.SPLIT: of_document(other_cut),
    Cause.WORKFLOW: footed(workflow="w2", workflow_version=2),
    Cause.PLAYBOOK: footed(playbook="p2"),
    Cause.PROMPT: footed(prompts=(("assess", "a2"),), workflow="w2"),
    Cause.MODEL: by_other_model,
    Cause.SETTINGS: run_of(votes=9),
    Cause.VERSION: lambda whole: replace(whole, versions=(("reviewer", "2"),)),
    Cause.UNFINISHED: run_of(status=RunStatus.PARTIAL),
    Cause.CHANCE: lambda whole: whole,
}
DIFFERENCES: dict[str, tuple[tuple[Finding, ...], tuple[Finding, ...]]] = {
    "another outcome": ((CAP,), (replace(CAP, outcome=Outcome.PREFERRED),)),
    "another severity": ((CAP,), (replace(CAP, severity=Severity.LOW),)),
    "another vote": ((CAP,), (replace(CAP, votes=(*CAP.votes, replace(CAP.votes[0], index=5))),)),
    "added": ((), (CAP,)),
    "removed": ((CAP,), ()),
}
PAIRS = [(cause, name) for cause in CHANGES for name in DIFFERENCES]


def pair(cause: Cause, name: str) -> RunDiff:
    before, after = DIFFERENCES[name]
    return diff_runs(report(*before), CHANGES[cause](report(*after)))


def test_there_are_fifty_pairs() -> None:
    assert len(PAIRS) == 50


@pytest.mark.parametrize(("cause", "name"), PAIRS)
def test_cause_of_every_difference_is_named_and_no_other(cause: Cause, name: str) -> None:
    diff = pair(cause, name)
    assert [each.causes for each in diff.changes] == [(cause,)]


@pytest.mark.parametrize("cause", CHANGES)
def test_only_what_flips_by_chance_is_listed_as_unstable(cause: Cause) -> None:
    flipped = {name for name in DIFFERENCES if pair(cause, name).by_chance}
    assert flipped == ({"another outcome", "added", "removed"} if cause is Cause.CHANCE else set())


def test_several_causes_are_all_named() -> None:
    after = CHANGES[Cause.SETTINGS](CHANGES[Cause.PLAYBOOK](CHANGES[Cause.DOCUMENT](report())))
    (change,) = diff_runs(report(CAP), after).changes
    assert change.causes == (Cause.DOCUMENT, Cause.PLAYBOOK, Cause.SETTINGS)


@pytest.mark.parametrize("cause", [Cause.PROMPT, Cause.SETTINGS])
def test_what_only_models_read_is_no_cause_of_what_a_rule_found(cause: Cause) -> None:
    (change,) = diff_runs(report(LAW), CHANGES[cause](report())).changes
    assert cause not in change.causes


def test_document_of_one_run_only_is_the_cause() -> None:
    (change,) = diff_runs(report(CAP), replace(report(), documents={})).changes
    assert change.causes == (Cause.DOCUMENT,)


def test_workflow_and_playbook_by_other_names_are_causes_in_old_runs_too() -> None:
    before = report(CAP, footing=NO_FOOTING)
    after = of_document(lambda each: replace(each, workflow="other", playbook="other"))(report(footing=NO_FOOTING))
    (change,) = diff_runs(before, after).changes
    assert change.causes == (Cause.WORKFLOW, Cause.PLAYBOOK)


def test_nothing_is_called_chance_where_a_run_did_not_note_what_it_was_done_with() -> None:
    (change,) = diff_runs(replace(report(CAP, footing=NO_FOOTING), versions=()), report()).changes
    assert change.causes == (Cause.UNNOTED,)


def test_model_that_answered_in_place_of_another_is_a_cause() -> None:
    votes = tuple(replace(vote, answered_by="m-2") for vote in CAP.votes)
    after = replace(report(replace(CAP, votes=votes, outcome=Outcome.PREFERRED)), substitutes=(("openai/a", "m-2"),))
    (change,) = diff_runs(report(CAP), after).changes
    assert change.causes == (Cause.MODEL,)


def test_reports_without_a_run_are_compared_by_their_documents() -> None:
    (change,) = diff_runs(replace(report(CAP), run=None), replace(report(), run=None)).changes
    assert change.causes == (Cause.CHANCE,)
