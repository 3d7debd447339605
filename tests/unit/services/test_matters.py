import asyncio
from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.matter import Egress
from reviewer.domain.secret import Secret
from reviewer.services.matters import NAME_CHARS
from reviewer.services.requests import ModelChoice, RunRequest
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))


def test_matter_is_made_found_changed_and_listed() -> None:
    desk = Desk()

    async def work() -> None:
        made = await desk.matters.create("  Acme  v. Beta ", Egress.HERE)
        assert made.name == "Acme v. Beta"
        assert await desk.matters.get("acme V. beta") == made
        assert await desk.matters.get(made.id) == made
        assert await desk.matters.get(made.id[:12]) == made
        renamed = await desk.matters.rename(made, "Acme")
        changed = await desk.matters.change(renamed, egress=Egress.ASK, workflow="contract-review", note="urgent")
        assert (changed.name, changed.egress, changed.workflow, changed.note) == (
            "Acme", Egress.ASK, "contract-review", "urgent",
        )  # fmt: skip
        assert await desk.matters.change(changed) == changed
        assert await desk.matters.list_matters() == (changed,)
        with pytest.raises(InputError):
            await desk.matters.get("Beta")

    run(work())


@pytest.mark.parametrize("name", ["", "   ", "x" * (NAME_CHARS + 1), "ACME"])
def test_name_that_is_empty_long_or_taken_is_refused(name: str) -> None:
    desk = Desk()

    async def work() -> None:
        acme = await desk.matters.create("Acme")
        with pytest.raises(ConfigError):
            await desk.matters.create(name)
        assert (await desk.matters.rename(acme, "acme")).name == "acme"

    run(work())


def test_run_belongs_to_its_matter_and_uses_its_workflow(tmp_path: Path) -> None:
    desk = Desk()
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))

    async def work() -> None:
        matter = await desk.matters.create("Acme")
        matter = await desk.matters.change(matter, workflow=next(iter(desk.catalog._workflows)))
        result = await desk.runs.run(RunRequest((path,), matter=matter.id), desk.heard.append)
        (kept,) = await desk.matters.runs(matter.id)
        assert kept.workflow == matter.workflow
        assert kept.matter == matter.id
        (turn,) = await desk.matters.documents(matter.id)
        assert turn.document in result.documents
        assert desk.workspace.originals.get(turn.sha256) == path.read_bytes()
        await desk.matters.delete(matter)
        assert await desk.matters.list_matters() == ()
        assert await desk.runs.list_runs() == ()

    run(work())


def test_text_that_must_stay_here_is_not_sent_elsewhere(tmp_path: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))

    async def work() -> None:
        matter = await desk.matters.create("Acme", Egress.HERE)
        request = RunRequest((path,), models=(ModelChoice("openai/scripted"),), matter=matter.id)
        with pytest.raises(ConfigError) as caught:
            await desk.runs.run(request, desk.heard.append)
        assert caught.value.code == "stays_here"
        assert "openai.scripted.test" in caught.value.user_message

    run(work())
    assert desk.models[0].requests == []


def test_matter_is_packed_and_taken_in(tmp_path: Path) -> None:
    desk = Desk()

    async def work() -> None:
        matter = await desk.matters.create("Acme")
        content = await desk.matters.pack(matter, with_originals=True, password=Secret("sesame"))
        assert content == f"{matter.id} True sesame".encode()
        (path,) = await asyncio.to_thread(write_all, tmp_path, contract="".join(CLAUSES))
        await desk.runs.run(RunRequest((path,), matter=matter.id), desk.heard.append)
        taken = await desk.matters.take_in(content)
        assert taken.matter == matter
        assert taken.conflicts == ()

    run(work())


def test_documents_of_a_matter_are_held_against_its_playbook(tmp_path: Path) -> None:
    desk = Desk()
    (path,) = write_all(tmp_path, moon="1 Moon\nIt is far, and no playbook fits it.\n")
    book = next(iter(desk.catalog._playbooks))

    async def work() -> None:
        matter = await desk.matters.create("Acme")
        request = RunRequest((path,), matter=matter.id)
        plain = await desk.runs.run(request, desk.heard.append)
        assert [each.playbook for each in plain.report.documents.values()] == [""]
        await desk.matters.change(matter, playbook=book)
        held = await desk.runs.run(request, desk.heard.append)
        assert [each.playbook for each in held.report.documents.values()] == [book]
        await desk.matters.change(matter, playbook="unknown")
        with pytest.raises(ConfigError) as caught:
            await desk.runs.run(request, desk.heard.append)
        assert caught.value.code == "no_such_playbook"
        assert book in caught.value.hint

    run(work())
