from dataclasses import replace

import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.errors import ConfigError
from reviewer.domain.playbook_edit import with_fallback, with_preferred, without_position
from reviewer.domain.playbook_file import check_playbook, read_playbook

NAMES = asset_names("playbooks", ".toml")
POSITIONS = [
    (name, position.id)
    for name in NAMES
    for position in read_playbook(asset_text("playbooks", f"{name}.toml"), name).positions
]
SAAS = asset_text("playbooks", "saas-customer.toml")


@pytest.mark.parametrize(("name", "position"), POSITIONS)
def test_preferred_wording_of_any_position_is_changed_and_nothing_else(name: str, position: str) -> None:
    text = asset_text("playbooks", f"{name}.toml")
    before, after = (
        read_playbook(text, name),
        read_playbook(with_preferred(text, name, position, ' It’s "so".\n'), name),
    )
    assert after.position(position).wording == 'It’s "so".'
    assert after.version == before.version + 1
    others = [each for each in after.positions if each.id != position]
    assert others == [each for each in before.positions if each.id != position]


@pytest.mark.parametrize(("name", "position"), POSITIONS)
def test_fallback_of_any_position_is_added_as_its_last(name: str, position: str) -> None:
    text = asset_text("playbooks", f"{name}.toml")
    before, after = read_playbook(text, name), read_playbook(with_fallback(text, name, position, "So.", "Ours."), name)
    *earlier, last = after.position(position).fallbacks
    assert tuple(earlier) == before.position(position).fallbacks
    assert (last.rank, last.wording, last.description) == (len(earlier) + 1, "So.", "Ours.")


@pytest.mark.parametrize(("name", "position"), POSITIONS)
def test_any_position_is_taken_out_with_the_rules_that_rest_on_it(name: str, position: str) -> None:
    text = asset_text("playbooks", f"{name}.toml")
    changed = without_position(text, name, position)
    before, after = read_playbook(text, name), read_playbook(changed, name)
    assert [each.id for each in after.positions] == [each.id for each in before.positions if each.id != position]
    assert position not in after.header.deal_breakers
    assert not any(part.position == position for rule in after.interactions for part in rule.when)
    assert check_playbook(changed, name) == ()


def test_remarks_stay() -> None:
    changed = without_position(SAAS, "s", "suspension")
    remarks = [line for line in SAAS.split("\n") if line.startswith("# ") and "---" not in line]
    assert [line for line in changed.split("\n") if line.startswith("# ") and "---" not in line] == remarks


def test_position_that_is_not_there_and_empty_words_are_errors() -> None:
    with pytest.raises(ConfigError, match="no position 'moon'") as caught:
        with_preferred(SAAS, "s", "moon", "x")
    assert "suspension" in caught.value.hint
    with pytest.raises(ConfigError) as caught:
        with_preferred(SAAS, "s", "exit", " \n")
    assert caught.value.code == "no_wording"


def test_text_that_only_its_author_can_change_is_left_alone() -> None:
    exit_wording = read_playbook(SAAS, "s").position("exit").wording
    long = SAAS.replace(f'wording = "{exit_wording}"', f'wording = """\n{exit_wording}"""')
    assert replace(read_playbook(long, "s"), digest="") == replace(read_playbook(SAAS, "s"), digest="")
    with pytest.raises(ConfigError, match="cannot be changed from here"):
        with_preferred(long, "s", "exit", "x")
    lone = SAAS.replace("version = 1", '"version" = 1', 1)
    with pytest.raises(ConfigError, match="cannot be changed from here"):
        with_preferred(lone, "s", "exit", "x")
