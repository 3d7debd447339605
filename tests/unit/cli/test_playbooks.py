from pathlib import Path

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


HEADER = """deal_breakers = ["exclusions"]
owner = "Ann"
approvers = [{ role = "CFO", up_to = 5000, always = ["penalties"] }, { role = "CEO" }]

[detect]"""
FIELDS = """source = "Policy 4"
law_notes = [{ law = "Spain", note = "N", source = "Act", checked = "2026-01-31" }]
applies_when = { phrases = ["a"], otherwise = "No." }
examples = ["""


def test_show_tells_every_field(reviewer: CommandLine, tmp_path: Path) -> None:
    text = NDA.replace("[detect]", HEADER, 1).replace("examples = [", FIELDS, 1)
    text = text.replace("[[positions.fallbacks]]\n", '[[positions.fallbacks]]\nask = "Time"\n', 1)
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "mine.toml").write_text(text.replace('id = "mutual-nda"', 'id = "mine"'), "utf-8")
    assert reviewer("playbooks", "show", "mine", "--workspace", tmp_path) == 0
    for words in (
        "Looked at first: exclusions", "Owner: Ann", "Approver: CFO, up to 5,000; always: penalties", "Approver: CEO\n",
        "    In return: Time", "  Source: Policy 4", "  Law of Spain: N (Act, looked at on 2026-01-31)",
        "  Applies: otherwise: No.",
    ):  # fmt: skip
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
