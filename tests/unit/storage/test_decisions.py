"""What people decided, in a real workspace."""

import sqlite3
from pathlib import Path

import pytest

from reviewer.domain.decision import Decision, DecisionAction, DismissReason, SubjectKind, SubjectRef
from reviewer.domain.errors import StorageError
from reviewer.storage import migrations
from reviewer.storage.database import FILE_NAME
from reviewer.storage.workspace import SqliteWorkspace
from tests.fakes.clock import START, run


def subject(number: int) -> SubjectRef:
    return SubjectRef(SubjectKind.FINDING, f"find-{number}")


AGREE = Decision(subject(1), DecisionAction.AGREE, START, by="ada")
DISMISS = Decision(subject(2), DecisionAction.DISMISS, START, DismissReason.TRIVIAL)
NOTE = Decision(subject(1), DecisionAction.NOTE, START, value="Ask Björn.")


def test_decisions_come_back_in_the_order_they_were_made(workspace: SqliteWorkspace) -> None:
    for decision in (AGREE, DISMISS, NOTE):
        run(workspace.decisions.add(decision))

    assert run(workspace.decisions.about([subject(2), subject(1), subject(1)])) == (AGREE, DISMISS, NOTE)
    assert run(workspace.decisions.about([subject(2)])) == (DISMISS,)
    assert run(workspace.decisions.about([])) == ()


def test_many_subjects_can_be_asked_for_at_once(workspace: SqliteWorkspace) -> None:
    run(workspace.decisions.add(AGREE))
    run(workspace.decisions.add(DISMISS))

    assert run(workspace.decisions.about([subject(number) for number in range(3000)])) == (AGREE, DISMISS)


def test_decisions_outlast_the_program(directory: Path) -> None:
    first = SqliteWorkspace(directory)
    run(first.decisions.add(AGREE))
    first.close()
    second = SqliteWorkspace(directory)

    assert run(second.decisions.about([subject(1)])) == (AGREE,)
    second.close()


def test_workspace_without_decisions_is_brought_up_to_date(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        SqliteWorkspace(directory).close()
    workspace = SqliteWorkspace(directory)
    run(workspace.decisions.add(AGREE))

    assert run(workspace.decisions.about([subject(1)])) == (AGREE,)
    workspace.close()


def test_damaged_decision_is_noticed(directory: Path, workspace: SqliteWorkspace) -> None:
    run(workspace.decisions.add(AGREE))
    with sqlite3.connect(directory / FILE_NAME) as connection:
        connection.execute("UPDATE decisions SET subject = 'find-2'")

    with pytest.raises(StorageError):
        run(workspace.decisions.about([subject(2)]))


def test_decisions_of_a_kind_come_back_in_the_order_they_were_made(workspace: SqliteWorkspace) -> None:
    reroutes = [
        Decision(SubjectRef(SubjectKind.ROUTES, name), DecisionAction.REROUTE, START, value=name)
        for name in ("b", "a", "")
    ]
    for decision in (AGREE, *reroutes):
        run(workspace.decisions.add(decision))
    assert run(workspace.decisions.of_kind(SubjectKind.ROUTES)) == tuple(reroutes)
    assert run(workspace.decisions.of_kind(SubjectKind.SECTIONS)) == ()
