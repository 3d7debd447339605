from pathlib import Path

import pytest

from reviewer.assets import asset_text
from reviewer.bootstrap import catalog_of
from tests.fakes.command_line import CommandLine

NDA = asset_text("playbooks", "mutual-nda.toml")


def test_list_tells_the_bundled_ones_and_your_own_in_their_place(reviewer: CommandLine, tmp_path: Path) -> None:
    assert reviewer("playbooks", "list", "--workspace", tmp_path, "--json") == 0
    before = {each["id"]: each for each in reviewer.json["playbooks"]}
    assert not before["mutual-nda"]["own"]
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "mutual-nda.toml").write_text(NDA.replace("version = 1", "version = 7"), "utf-8")
    assert reviewer("playbooks", "list", "--workspace", tmp_path, "--json") == 0
    after = {each["id"]: each for each in reviewer.json["playbooks"]}
    assert (after["mutual-nda"]["own"], after["mutual-nda"]["version"]) == (True, 7)
    assert catalog_of(tmp_path).playbook("mutual-nda").version == 7
    assert reviewer("playbooks", "list", "--workspace", tmp_path) == 0
    assert "mutual-nda           Mutual non-disclosure agreement (your own): " in reviewer.out
    assert "assumes England and Wales" in reviewer.out


def test_show_tells_what_is_wanted(reviewer: CommandLine) -> None:
    assert reviewer("playbooks", "show", "mutual-nda") == 0
    for words in (
        "What is not confidential (exclusions)",
        "  Preferred: ",
        "  Fallback 1: ",
        "  Never: ",
        "Law: England",
    ):
        assert words in reviewer.out
    assert reviewer("playbooks", "show", "mutual-nda", "--json") == 0
    assert reviewer.json["text"] == NDA
    assert reviewer("playbooks", "show", "moon") == 2


@pytest.mark.parametrize(
    ("playbook", "words"),
    [
        ("saas-vendor", "Looked at first: liability-cap, ip-ownership\n"),
        ("saas-vendor", "Owner: Commercial legal team\n"),
        ("saas-vendor", "Approver: Legal counsel, up to 250,000\n"),
        ("saas-vendor", "Approver: Head of Legal, up to 1,000,000; always: unlimited liability, assignment of our"),
        ("saas-vendor", "    In return: A longer initial term.\n"),
        ("dpa-controller", "  Source: UK GDPR, article 33\n"),
        ("dpa-controller", "  Law of United Kingdom: "),
        ("services-customer", "  Applies: otherwise: The contract does not speak about people or their data.\n"),
    ],
)
def test_show_tells_every_field(reviewer: CommandLine, playbook: str, words: str) -> None:
    assert reviewer("playbooks", "show", playbook) == 0
    assert words in reviewer.out


def test_check_tries_the_examples(reviewer: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(NDA, "utf-8")
    assert reviewer("playbooks", "check", path) == 0
    assert "in order" in reviewer.out
    assert reviewer("playbooks", "check", path, "--json") == 0
    assert (reviewer.json["id"], reviewer.json["problems"]) == ("mutual-nda", [])
    assert reviewer.json["examples"] > 20
    path.write_text(NDA.replace("The duties survive for ten years.", "The duties survive for three years."), "utf-8")
    assert reviewer("playbooks", "check", path) == 2
    assert 'the example "The duties survive for three years." gives preferred, not deviates.' in reviewer.out
    assert reviewer("playbooks", "check", path, "--json") == 2
    assert (reviewer.json["id"], len(reviewer.json["problems"])) == (None, 1)
    assert reviewer("playbooks", "check", tmp_path / "gone.toml") == 2
