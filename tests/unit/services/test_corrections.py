"""Corrections in the workspace: kept with the document, and only what changed is analysed again."""

from pathlib import Path

import pytest

from reviewer.domain.correction import Correction, CorrectionAction
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.library import OpenedFile, RefusedFile
from reviewer.services.requests import RunRequest
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def opened(desk: Desk, path: Path) -> OpenedFile:
    found: list[OpenedFile | RefusedFile] = []
    run(desk.library.open_each([path], found.append))
    (only,) = found
    assert isinstance(only, OpenedFile)
    return only


def test_corrections_are_kept_and_undone_one_by_one(contract: Path) -> None:
    desk = Desk()
    before = opened(desk, contract)
    document = before.document.id
    rename = Correction(CorrectionAction.RENAME, 0, "Money")
    run(desk.corrections.add(document, rename))
    run(desk.corrections.add(document, Correction(CorrectionAction.RENUMBER, 0, "1a")))
    assert run(desk.corrections.undo(document))
    assert run(desk.corrections.of(document)) == (rename,)
    assert opened(desk, contract).sections[0].heading == "Money"

    assert run(desk.corrections.undo(document))
    assert not run(desk.corrections.undo(document))
    assert opened(desk, contract).sections == before.sections


def test_only_what_a_correction_changed_is_asked_again(contract: Path) -> None:
    model = ScriptedModel(reply_of(assessed("preferred", "Liability")))
    desk = Desk(model)
    request = RunRequest((contract,), models=(ModelChoice("openai/scripted"),))
    result = run(desk.runs.run(request, desk.heard.append))
    (document,) = result.documents
    asked = len(model.requests)
    run(desk.corrections.add(document, Correction(CorrectionAction.RENUMBER, len(CLAUSES[0]), "2.0")))

    again = run(desk.runs.run(request, desk.heard.append))
    sections = again.report.documents[document].sections
    assert [section.number for section in sections] == ["1", "2.0", "3"]
    assert 0 < len(model.requests) - asked < asked
