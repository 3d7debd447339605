"""Every bundled workflow, by rules and with a model: its record alone gives its report again, byte for byte."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.bootstrap import event_form, exporters, open_services
from reviewer.cli.review import edition
from reviewer.domain.edition import for_export
from reviewer.domain.errors import ExportError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.records import open_record
from reviewer.services.requests import RunRequest
from reviewer.services.stored_runs import RunResult
from tests.integration.test_bundled_workflows import FILES, QUESTIONS, SAMPLES
from tests.model_server.process import ModelServerProcess

ALL = {
    **FILES,
    "contract-review": ("mutual-nda.docx",),
    "research-assistant": ("paper-de.pdf",),
    "research-synthesis": ("paper-en.pdf", "paper-de.pdf"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess() as running:
        yield running


def exports(result: RunResult) -> list[bytes]:
    exported = for_export(edition(result))
    made = []
    for name, each in sorted(exporters().items()):
        try:
            made.append(each.export(exported))
        except ExportError:  # no day for a calendar
            made.append(name.encode())
    return made


@pytest.mark.parametrize("by", ["rule", "model"])
@pytest.mark.parametrize("workflow", sorted(ALL))
def test_record_gives_the_report_again(workflow: str, by: str, server: ModelServerProcess, tmp_path: Path) -> None:
    asked = QUESTIONS if workflow == "questions" else ()
    request = RunRequest(
        tuple(SAMPLES / name for name in ALL[workflow]), workflow=workflow, questions=asked, offline=True
    )
    if by == "model":
        request = replace(request, models=(ModelChoice("openai/test-model", server.base_url),))
    with open_services(tmp_path / "workspace") as services:
        made = exports(asyncio.run(services.runs.run(request, lambda event: None)))
        (run,) = asyncio.run(services.runs.list_runs())
        data = asyncio.run(services.records.seal(run.id))
    calls = server.requests()["count"]
    shutil.rmtree(tmp_path / "workspace")
    assert exports(open_record(data, "a.json", event_form()).result) == made
    assert server.requests()["count"] == calls
