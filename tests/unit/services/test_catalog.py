from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.services.catalog import AUTO, Catalog

CATALOG = Catalog()


def user_file(folder: Path, name: str = "mine.toml", **replacing: str) -> Path:
    text = CATALOG.workflow_text("contract-review")
    for old, new in replacing.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_bundled_workflows_and_their_playbooks_are_in_order() -> None:
    found = CATALOG.workflows()
    assert {"contract-review", "research-synthesis", "research-assistant"} <= {each.id for each in found}
    names = {name for each in found for handler in each.handlers for name in handler.playbooks}
    assert {CATALOG.playbook(name).id for name in names} == names


def test_automatic_workflows_are_bundled() -> None:
    assert [CATALOG.workflow(name).id for name in AUTO.values()] == list(AUTO.values())


def test_workflow_of_a_file_is_read(tmp_path: Path) -> None:
    assert CATALOG.workflow(str(user_file(tmp_path))) == CATALOG.workflow("contract-review")


def test_unknown_workflow_names_those_there_are() -> None:
    with pytest.raises(ConfigError) as raised:
        CATALOG.workflow("moon")
    assert raised.value.code == "no_such_workflow"
    assert "contract-review" in raised.value.hint


def test_workflow_name_leads_to_no_other_file() -> None:
    with pytest.raises(ConfigError):
        CATALOG.workflow("../playbooks/mutual-nda")


def test_unknown_playbook_names_those_there_are() -> None:
    with pytest.raises(ConfigError) as raised:
        CATALOG.playbook("moon")
    assert "services-customer" in raised.value.hint


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        CATALOG.check(tmp_path / "gone.toml")
    assert raised.value.code == "unreadable_workflow"


def test_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError) as raised:
        CATALOG.problems(path)
    assert raised.value.code == "unreadable_workflow"


def test_typo_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = user_file(tmp_path, margin="margim")
    with pytest.raises(ConfigError) as raised:
        CATALOG.workflow(str(path))
    assert "mine.toml" in raised.value.user_message
    assert "margim" in raised.value.user_message


def test_problems_are_all_that_is_wrong(tmp_path: Path) -> None:
    assert CATALOG.problems(user_file(tmp_path)) == ()
    assert len(CATALOG.problems(user_file(tmp_path, margin="margim", max_chars="max_char"))) >= 2


def test_problems_hold_an_unknown_playbook(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(CATALOG.workflow_text("contract-review").replace('"services-customer"', '"moon"'), "utf-8")
    (problem,) = CATALOG.problems(path)
    assert '"moon", which is no playbook' in problem
