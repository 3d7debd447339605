"""The command line in this process, over fakes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reviewer.cli import (
    corrections,
    documents,
    estimate,
    matters,
    overrides,
    records,
    redact,
    review,
    runs,
    search,
    workspace,
)
from reviewer.cli.main import main
from reviewer.domain.settings import KEYS
from reviewer.services.container import Reader, Services
from reviewer.services.passwords import AskPassword
from tests.fakes.services import Desk


@dataclass
class CommandLine:
    """Runs commands; what they wrote is in ``out`` and ``err``."""

    capture: pytest.CaptureFixture[str]
    desk: Desk = field(default_factory=Desk)
    out: str = ""
    err: str = ""
    workspaces: list[Path | None] = field(default_factory=list)

    def __call__(self, *words: str | Path) -> int:
        self.capture.readouterr()
        code = main([str(word) for word in words])
        self.out, self.err = self.capture.readouterr()
        return code

    @property
    def json(self) -> Any:
        """Standard output, all of it one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output, one JSON value a line."""
        return [json.loads(line) for line in self.out.split("\n") if line]

    @contextmanager
    def open_services(self, workspace: Path | None, _ask: AskPassword | None = None, **_how: str) -> Iterator[Services]:
        """Instead of the composition root's."""
        self.workspaces.append(workspace)
        yield self.desk.services()

    @contextmanager
    def open_reader(self, _ask: AskPassword | None = None, _workspace: Path | None = None) -> Iterator[Reader]:
        """Instead of the composition root's."""
        yield self.desk.reader


def command_line(capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> CommandLine:
    """A command line whose services are the desk's, and whose settings are those below a folder."""
    line = CommandLine(capture)
    for module in (corrections, estimate, matters, overrides, records, redact, review, runs, search):
        monkeypatch.setattr(module, "open_services", line.open_services)
    monkeypatch.setattr(workspace, "care_service", lambda _workspace: line.desk.care)
    monkeypatch.setattr(records, "catalog_of", lambda _workspace: line.desk.catalog)
    for module in (documents, redact):
        monkeypatch.setattr(module, "open_reader", line.open_reader)
    for variable in (
        "OPENAI_BASE_URL",
        "ANTHROPIC_BASE_URL",
        "OLLAMA_HOST",
        *(key.variable for key in KEYS.values() if key.variable),
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("REVIEWER_HOME", str(home))
    return line
