"""Lists of names, previews, and which models get placeholders."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.ids import RunId
from reviewer.domain.redaction import RedactionChoice, RedactionRules
from reviewer.domain.run import Run
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Settings
from reviewer.domain.workflow import EngineId
from reviewer.services.redactions import MAX_LIST_BYTES, preview, read_list, redacting_of
from reviewer.services.requests import RunRequest, of_run, of_settings
from tests.fakes.clock import START
from tests.fakes.documents import make_document
from tests.fakes.models import ScriptedModel


def test_list_is_a_name_a_line(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# who\n Acme  Corp \n\nBeta, Inc.\nAcme Corp\n", encoding="utf-8")
    assert read_list(path) == ("Acme Corp", "Beta, Inc.")


@pytest.mark.parametrize("content", [b"", b"# nobody\n---\n", b"\xff\xfe\x00", b"a" * (MAX_LIST_BYTES + 1)])
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="bad_list"):
        read_list(path)


def test_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unreadable"):
        read_list(tmp_path / "nothing.txt")


def test_preview_is_what_would_be_sent() -> None:
    document = make_document("Acme pays.\nacme\n", name="acme.txt")
    made = preview(document, RedactionRules.of(["Acme"]))
    assert made.text == "[PARTY_1] pays.\n[PARTY_1]\n"
    assert [each.span.of(made.visible) for each in made.redaction.replaced] == ["Acme", "acme"]


ON = RedactionChoice(is_on=True, terms=("Acme", "Beta, Inc."), patterns=False, local=True)


def test_stored_run_is_continued_with_its_redaction() -> None:
    request = RunRequest((Path("a.pdf"),), models=(ModelChoice("openai/m"),), redaction=ON)
    run = Run(RunId("run-1"), "auto", EngineId.LLM, (), None, "f", ("a.pdf",), request.options(), START)
    assert of_run(run).redaction == ON
    earlier = {name: value for name, value in request.options().items() if not name.startswith("redact")}
    assert of_run(replace(run, options=earlier)).redaction == RedactionChoice()


def test_redaction_decides_what_run_is_continued_only_where_it_is_on() -> None:
    plain = RunRequest((Path("a.pdf"),))
    assert replace(plain, redaction=replace(ON, is_on=False)).identity() == plain.identity()
    assert replace(plain, redaction=ON).identity() != plain.identity()


def test_settings_make_the_choice() -> None:
    settings = Settings(redaction=True, redaction_terms=("Acme",))
    assert of_settings(settings).redaction == RedactionChoice(is_on=True, terms=("Acme",))


def test_models_elsewhere_get_placeholders_and_those_here_only_on_request() -> None:
    there, here = ScriptedModel(name="openai/there"), ScriptedModel(name="ollama/here")
    here.endpoint = "http://127.0.0.1:11434/"
    both = ScriptedModel(name="openai/there")
    both.endpoint = "http://localhost:8000/v1"
    request = RunRequest((), redaction=replace(ON, local=False))
    assert redacting_of(request, [here, both, there]).raters == {"openai/there"}
    assert redacting_of(replace(request, redaction=ON), [here, there]).raters == {"openai/there", "ollama/here"}
    assert redacting_of(RunRequest(()), [here, there]).raters == frozenset()
