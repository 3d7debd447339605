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


def test_check_takes_an_id_too(reviewer: CommandLine) -> None:
    assert reviewer("playbooks", "check", "mutual-nda", "--json") == 0
    assert reviewer.json["id"] == "mutual-nda"
    assert reviewer("workflows", "check", "contract-review", "--json") == 0
    assert reviewer.json["id"] == "contract-review"
    assert reviewer("playbooks", "check", "nowhere") == 2


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


def test_wording_of_your_own_is_kept_and_taken_back(reviewer: CommandLine, tmp_path: Path) -> None:
    named = ("mutual-nda", "term", "--workspace", tmp_path, "--json")
    words = "The duties last for four years."
    assert reviewer("playbooks", "keep", *named, "--as", "preferred", "--wording", words) == 0
    assert (reviewer.json["own"], reviewer.json["version"], reviewer.json["problems"]) == (True, 2, [])
    assert catalog_of(tmp_path).playbook("mutual-nda").position("term").wording == words
    more = ("--as", "fallback", "--wording", "Five years.", "--when", "For a partner.")
    assert reviewer("playbooks", "keep", *named, *more) == 0
    last = catalog_of(tmp_path).playbook("mutual-nda").position("term").fallbacks[-1]
    assert (last.wording, last.description) == ("Five years.", "For a partner.")
    undo = ("playbooks", "undo", "mutual-nda", "--workspace", tmp_path)
    assert reviewer(*undo, "--json") == 0
    assert (reviewer.json["own"], reviewer.json["version"]) == (True, 2)
    assert reviewer(*undo) == 0
    assert "the bundled one, version 1" in reviewer.out
    assert catalog_of(tmp_path).playbooks.find("mutual-nda").text == NDA
    assert reviewer(*undo) == 2
    assert "Nothing of mutual-nda was changed" in reviewer.err


def test_position_that_is_not_yours_is_taken_out(reviewer: CommandLine, tmp_path: Path) -> None:
    assert reviewer("playbooks", "drop", "mutual-nda", "residuals", "--workspace", tmp_path) == 0
    assert "your own copy, version 2, 11 positions." in reviewer.out
    assert "residuals" not in {each.id for each in catalog_of(tmp_path).playbook("mutual-nda").positions}
    assert reviewer("playbooks", "drop", "mutual-nda", "residuals", "--workspace", tmp_path) == 2
    assert reviewer("playbooks", "undo", "mutual-nda", "--workspace", tmp_path) == 0


def test_wording_that_the_playbook_itself_refuses_is_kept_and_told(reviewer: CommandLine, tmp_path: Path) -> None:
    words = ("--as", "preferred", "--wording", "The obligations continue indefinitely.")
    assert reviewer("playbooks", "keep", "mutual-nda", "term", "--workspace", tmp_path, *words) == 0
    assert 'the wording of "term" is walk_away by its own tests; they contradict.' in reviewer.out


def test_folder_that_cannot_be_written_is_told(reviewer: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "mutual-nda.toml").write_text(NDA, "utf-8")
    (folder / "versions").write_text("in the way", "utf-8")
    assert reviewer("playbooks", "drop", "mutual-nda", "residuals", "--workspace", tmp_path) == 1
    assert "cannot be written" in reviewer.err
    assert (folder / "mutual-nda.toml").read_text("utf-8") == NDA
