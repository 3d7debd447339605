import asyncio
from pathlib import Path

import pytest

from reviewer.domain.carry import Fate
from reviewer.domain.correction import Correction, CorrectionAction
from reviewer.domain.decision import CLAUSE_CHANGED, DismissReason, Status
from reviewer.domain.errors import ConfigError
from reviewer.domain.finding import Finding
from reviewer.domain.ids import DocumentId
from reviewer.domain.matter import NO_MATTER
from reviewer.services.requests import ModelChoice, RunRequest
from reviewer.services.stored_runs import RunResult
from reviewer.services.turns import FileState, ReviewedFile, turn_sentence
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def review(desk: Desk, path: Path, version_of: str = "") -> RunResult:
    models = (ModelChoice("openai/scripted"),) if desk.models else ()
    return run(desk.runs.run(RunRequest((path,), models=models, version_of=version_of), desk.heard.append))


def findings(result: RunResult) -> dict[str, Finding]:
    (document,) = result.report.documents.values()
    return {each.position: each for each in document.findings}


def about(result: RunResult, heading: str) -> Finding:
    (document,) = result.report.documents.values()
    section = next(each.id for each in document.sections if each.heading == heading)
    return next(each for each in document.findings if each.section == section)


def only(result: RunResult) -> DocumentId:
    (document,) = result.documents
    return document


def test_file_reviewed_without_a_matter_begins_no_line(contract: Path) -> None:
    desk = Desk()
    assert review(desk, contract).turns == ()
    assert desk.workspace.matters.versions == {}


def test_decision_carries_over_to_the_next_version(contract: Path, tmp_path: Path) -> None:
    desk = Desk()
    first = review(desk, contract)
    (position, finding), *_ = findings(first).items()
    run(desk.reviews.dismiss(finding.id, DismissReason.TRIVIAL))
    run(desk.reviews.note(finding.id, "as agreed"))
    (later,) = write_all(tmp_path, later="".join([*CLAUSES, "4 New\nSomething more.\n"]))
    second = review(desk, later, version_of=only(first))
    (turn,) = second.turns
    assert turn.previous.document == only(first)
    assert turn.previous.number == 1
    standing = second.standings[findings(second)[position].id]
    assert (standing.status, standing.reason, standing.note) == (Status.DISMISSED, DismissReason.TRIVIAL, "as agreed")
    carried = [each for each in desk.workspace.decisions.kept if each.carried_from]
    assert {each.carried_from for each in carried} == {finding.id}
    assert {each.by for each in carried} == {"ada"}
    assert "1 decisions carried over" in turn_sentence(turn)


def test_decision_about_a_changed_clause_is_open_again_and_says_so(contract: Path, tmp_path: Path) -> None:
    desk = Desk(ScriptedModel(reply_of(assessed("deviates", "The Supplier is liable"))))
    first = review(desk, contract)
    finding = about(first, "Liability")
    run(desk.reviews.agree(finding.id))
    changed = [CLAUSES[0], "2 Liability\nThe Supplier is liable up to the fees.\n", CLAUSES[2]]
    (later,) = write_all(tmp_path, later="".join(changed))
    second = review(desk, later, version_of=only(first))
    standing = second.standings[about(second, "Liability").id]
    assert standing.status is Status.OPEN
    assert standing.why_open == CLAUSE_CHANGED
    (turn,) = second.turns
    assert "1 open again because their clause changed." in turn_sentence(turn)
    assert {each.fate for each in turn.suggestions} <= {Fate.ALTERED, Fate.REFUSED}
    again = review(desk, later, version_of=only(first))
    assert again.turns[0].carried == ()  # what was decided about the new version stays


def test_changed_file_of_a_matter_is_the_next_version_of_itself(contract: Path) -> None:
    desk = Desk()

    async def work() -> None:
        matter = await desk.matters.create("Acme")
        request = RunRequest((contract,), matter=matter.id)
        await desk.runs.run(request, desk.heard.append)
        await desk.runs.run(request, desk.heard.append)
        await asyncio.to_thread(contract.write_text, "".join(CLAUSES[:2]), "utf-8")
        result = await desk.runs.run(request, desk.heard.append)
        turns = await desk.matters.documents(matter.id)
        assert [each.number for each in turns] == [1, 2]
        assert len({each.line for each in turns}) == 1
        assert [each.previous.number for each in result.turns] == [1]

    run(work())


def test_corrections_go_along_to_the_next_version(contract: Path, tmp_path: Path) -> None:
    desk = Desk()
    first = review(desk, contract)
    at = "".join(CLAUSES).index("The Supplier")
    run(desk.corrections.add(only(first), Correction(CorrectionAction.SPLIT, at)))
    text = "0 Preface\nHello.\n" + "".join(CLAUSES)
    (later,) = write_all(tmp_path, later=text)
    second = review(desk, later, version_of=only(first))
    assert run(desk.corrections.of(only(second))) == (Correction(CorrectionAction.SPLIT, text.index("The Supplier")),)
    review(desk, later, version_of=only(first))
    assert len(run(desk.corrections.of(only(second)))) == 1


def test_version_of_a_document_that_was_never_reviewed_takes_over_nothing(contract: Path, tmp_path: Path) -> None:
    desk = Desk()
    (older,) = write_all(tmp_path, older="1 Fees\nOther words.\n")
    unknown = review(desk, contract, version_of="doc-0000000000000000")
    assert unknown.turns == ()

    async def read() -> DocumentId:
        from reviewer.services.library import open_file

        return (await desk.library.read(open_file(older))).id

    (later,) = write_all(tmp_path, later="1 Fees\nOther words. And more.\n")
    result = review(desk, later, version_of=run(read()))
    (turn,) = result.turns
    assert (turn.carried, turn.suggestions) == ((), ())


def test_document_is_no_version_of_itself(contract: Path) -> None:
    desk = Desk()
    first = review(desk, contract)
    assert review(desk, contract, version_of=only(first)).turns == ()
    assert [each.number for each in run(desk.matters.documents(NO_MATTER))] == [1]


def test_several_files_are_no_version_of_one(tmp_path: Path) -> None:
    paths = write_all(tmp_path, a="".join(CLAUSES), b="".join(CLAUSES[:2]))
    desk = Desk()
    with pytest.raises(ConfigError) as caught:
        run(desk.runs.run(RunRequest(paths, version_of="doc-1"), desk.heard.append))
    assert caught.value.code == "one_version"


def test_file_on_the_disk_is_the_same_changed_or_gone(contract: Path) -> None:
    desk = Desk()
    result = review(desk, contract)
    (kept,) = desk.workspace.runs.kept
    assert run(desk.runs.file_states(kept)) == {only(result): FileState.SAME}
    contract.write_text("other", "utf-8")
    assert run(desk.runs.file_states(kept)) == {only(result): FileState.CHANGED}
    contract.unlink()
    assert run(desk.runs.file_states(kept)) == {only(result): FileState.GONE}
    file = ReviewedFile(contract, "x", only(result))
    assert run(desk.runs._turns.file_states([file])) == {only(result): FileState.GONE}


def test_agreement_without_a_note_carries_over(contract: Path, tmp_path: Path) -> None:
    desk = Desk()
    first = review(desk, contract)
    (position, finding), *_ = findings(first).items()
    run(desk.reviews.agree(finding.id))
    (later,) = write_all(tmp_path, later="".join([*CLAUSES, "4 New\nSomething more.\n"]))
    second = review(desk, later, version_of=only(first))
    assert second.standings[findings(second)[position].id].status is Status.AGREED


def test_note_alone_carries_over(contract: Path, tmp_path: Path) -> None:
    desk = Desk()
    first = review(desk, contract)
    (position, finding), *_ = findings(first).items()
    run(desk.reviews.note(finding.id, "ask the client"))
    (later,) = write_all(tmp_path, later="".join([*CLAUSES, "4 New\nSomething more.\n"]))
    second = review(desk, later, version_of=only(first))
    standing = second.standings[findings(second)[position].id]
    assert (standing.status, standing.note) == (Status.OPEN, "ask the client")
