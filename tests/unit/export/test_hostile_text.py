"""What models and documents write is inert in every export: no markup, no link, nothing that steers a terminal."""

import dataclasses
import json
import re
from enum import Enum
from typing import Any

import pytest

from reviewer.cli.console import Console
from reviewer.cli.report_text import report_text
from reviewer.domain.edition import Edition
from reviewer.domain.inert import inert
from reviewer.domain.report import Report
from reviewer.export.ics import escaped
from reviewer.export.json_report import JsonExporter
from reviewer.export.markdown import MarkdownExporter
from reviewer.ports.export import Exporter
from tests.fakes.reports import DOCUMENT, make_report

IMAGE, LINK = "![x](https://evil.example/a.png)", "[click](https://evil.example)"
PICTURE, ANCHOR = '<img src="file:///etc/hostname">', '<a href="file:///etc/passwd">x</a>'
SCREEN, TITLE = "\x1b[2J", "\x1b]0;owned\x07"
HYPERLINK = "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\"
TURNED, ISOLATED, C1 = "\u202egpj.exe\u202c", "\u2067fdp\u2069", "\x9b2J"
LONG = "A" * 3000
HOSTILE = f"{IMAGE} {LINK} {PICTURE} {ANCHOR} {SCREEN}{TITLE}{HYPERLINK} {TURNED} {ISOLATED} {C1} {LONG}\n# x\n- y\n> z"
_KEEP = {
    "id",
    "run",
    "section",
    "document",
    "workflow",
    "criterion",
    "position",
    "handler",
    "key",
    "language",
    "outcome",
    "checks",
    "source_language",
    "target_language",
}


def _hostile(value: Any, name: str = "") -> Any:
    """The same with hostile words wherever a document or a model may write."""
    if isinstance(value, Enum) or name in _KEEP:
        return value
    if isinstance(value, str):
        return f"{value} {HOSTILE}" if value else value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {each.name: _hostile(getattr(value, each.name), each.name) for each in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(_hostile(each, name) for each in value)
    if isinstance(value, dict):
        return {key: _hostile(each) for key, each in value.items()}
    return value


@pytest.fixture(scope="module")
def edition() -> Edition:
    report = make_report()
    documents = {key: _hostile(each) for key, each in report.documents.items()}
    return Edition(
        Report(report.run, documents, (), report.failures, _hostile(report.synthesis)), {DOCUMENT.id: DOCUMENT}
    )


def test_words_are_hostile(edition: Edition) -> None:
    said = repr(edition.report)
    assert said.count("evil.example") > 30


def test_terminal_shows_them_and_is_not_steered(edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(as_json=False, quiet=False)
    console.text(report_text(edition))
    console.note(HOSTILE)
    console.change(HOSTILE)
    out, err = capsys.readouterr()
    assert "evil.example" in out
    assert inert(out) == out
    assert inert(err.replace("\r\033[K", "")) == err.replace("\r\033[K", "")
    assert "\n# x\n" not in out


def test_calendar_holds_nothing_that_steers() -> None:
    said = escaped(HOSTILE.replace("\n", " "))
    assert "\ufffd" in said
    assert inert(said) == said


@pytest.mark.parametrize("exporter", [JsonExporter(), MarkdownExporter()])
def test_no_export_holds_what_steers_a_terminal(edition: Edition, exporter: Exporter) -> None:
    text = exporter.export(edition).decode().replace("\r\n", "\n")
    assert inert(text) == text


def test_markdown_formats_links_and_loads_nothing(edition: Edition) -> None:
    text = MarkdownExporter().export(edition).decode()
    assert text.count("evil.example") > 10
    for active in (r"(?<!\\)!?\[[^\]]*\]\(", r"(?<!\\)<\w", r"https?://", r"(?<!\\)&\w+;"):
        assert not re.search(active, text), active
    assert not re.search(r"^# x|^- y|^> z", text, re.MULTILINE)


def test_json_says_exactly_what_was_written(edition: Edition) -> None:
    said = json.loads(JsonExporter().export(edition))
    found = [each["rationale"] for document in said["documents"] for each in document["findings"]]
    assert found
    assert all(each.endswith(HOSTILE) for each in found)
