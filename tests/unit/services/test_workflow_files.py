from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.services.workflow_files import WorkflowFiles
from tests.unit.domain.test_handler_file import EXTRACT, HEAD
from tests.unit.domain.test_workflow_check import nesting

FILE = HEAD + EXTRACT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "workflows"
    own.mkdir()
    (own / "w.toml").write_text(FILE, "utf-8")
    (own / "p.md").write_text("Be {tone}.", "utf-8")
    (own / "q.md").write_text("Be brief.", "utf-8")
    return own


def test_own_files_are_found_by_id_next_to_the_bundled_ones(folder: Path) -> None:
    files = WorkflowFiles([folder, folder.parent / "gone"])
    assert {"w", "contract-review"} <= set(files.ids())
    assert files.read(files.find("w")).templates == {"p": "Be {tone}.", "q": "Be brief."}
    assert files.read(files.find("contract-review")).templates.keys() >= {"assess", "translate"}


def test_first_folder_counts_first(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "other"
    workspace.mkdir()
    (workspace / "w.toml").write_text(FILE.replace('"T"', '"Mine"'), "utf-8")
    assert '"Mine"' in WorkflowFiles([workspace, folder]).find("w").text


def test_prompt_beside_the_file_counts_before_the_bundled_one(folder: Path) -> None:
    files = WorkflowFiles([folder])
    assert files.template("summarize") == files.template("summarize", folder)
    (folder / "summarize.md").write_text("Mine.", "utf-8")
    assert files.template("summarize", folder) == "Mine."
    assert files.template("../p", folder / "sub") is None
    assert files.template("", folder) is None


def test_id_leads_to_no_file_elsewhere(folder: Path) -> None:
    with pytest.raises(ConfigError):
        WorkflowFiles([folder / "sub"]).find("../w")


def test_nested_workflows_are_looked_up_and_a_broken_one_nests_nothing(folder: Path) -> None:
    files = WorkflowFiles([folder])
    (folder / "top.toml").write_text((HEAD + nesting("mid")).replace('"w"', '"top"'), "utf-8")
    (folder / "mid.toml").write_text(HEAD + nesting("top"), "utf-8")
    (problem,) = files.problems(files.find("top"))
    assert problem.endswith("loops: top > mid > top.")
    (folder / "mid.toml").write_text("nothing", "utf-8")
    assert files.problems(files.find("top")) == ()
