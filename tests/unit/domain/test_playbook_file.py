import pytest

from reviewer.domain.errors import ConfigError
from reviewer.domain.ids import sha256_hex
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.playbook import Approver, LawNote
from reviewer.domain.playbook_file import check_playbook, read_playbook

GOOD = r"""
schema = "reviewer.playbook/1"
id = "p"
version = 1
title = "T"
contract_type = "Services"
side = "customer"
law = "England and Wales"
languages = ["en"]

[words]
vendor = ["seller", "service provider"]
pays = 'pay\w*|{vendor} bills'

[detect]
headings = ["services"]

[[positions]]
id = "cap"
title = "Cap"
question = "Q"
category = "Cap on Liability"
severity = "high"
missing_severity = "info"
if_missing = "Fine."
preferred = "P"
wording = "W"
walk_away = "A"
guidance = "G"
approver = "Legal"

[positions.signals]
headings = ["liability"]
phrases = ['{vendor} ... liable']

[[positions.tests]]
outcome = "fallback"
rank = 1
matches = ['{pays}']
unless = ['never']
number = 'within {number} days'
over = 1
under = 31
says = "S"

[[positions.fallbacks]]
rank = 1
description = "D"
wording = "FW"
approver = "CEO"
"""


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_read_playbook_reads_every_field() -> None:
    book = read_playbook(GOOD, "p.toml")
    assert (book.id, book.version, book.title, book.contract_type) == ("p", 1, "T", "Services")
    assert (book.side, book.law, book.languages) == ("customer", "England and Wales", ("en",))
    assert (book.detect.headings, book.detect.phrases, book.digest) == (("services",), (), sha256_hex(GOOD))
    cap = book.position("cap")
    assert (cap.title, cap.question, cap.category) == ("Cap", "Q", "Cap on Liability")
    assert (cap.severity, cap.missing_severity, cap.if_missing) == (Severity.HIGH, Severity.INFO, "Fine.")
    assert (cap.preferred, cap.wording, cap.walk_away, cap.guidance, cap.approver) == ("P", "W", "A", "G", "Legal")
    assert cap.signals.headings == ("liability",)
    (test,) = cap.tests
    assert (test.outcome, test.rank, test.says, test.over, test.under) == (Outcome.FALLBACK, 1, "S", 1.0, 31.0)
    assert test.unless == ("never",)
    (fallback,) = cap.fallbacks
    assert (fallback.rank, fallback.description, fallback.wording, fallback.approver) == (1, "D", "FW", "CEO")


def test_words_stand_for_their_alternatives() -> None:
    cap = read_playbook(GOOD, "p.toml").position("cap")
    assert cap.signals.in_text("The service\nprovider is not liable.") is not None
    assert cap.signals.in_text("The reseller is not liable.") is None
    assert cap.tests[0].evidence("The seller bills and is paid within thirty (30) days.") is not None
    assert cap.tests[0].evidence("The seller bills and is paid within thirty-one days.") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("reviewer.playbook/1", "x", 2, '"schema" must be "reviewer.playbook/1", not "x".'),
        ('languages = ["en"]', 'languages = ["english"]', 0, '"languages" must list ISO 639-1 codes of two lower-case'),
        ("{vendor} ... liable", "{vendors}", 0, 'holds {vendors}, which is not in [words]; did you mean "vendor"?'),
        ("['never']", "['a(b']", 0, 'holds "a(b", which is no regular expression: missing ), unterminated subpattern.'),
        ("within {number} days", "in days", 0, '"number" in [[positions.tests]] must hold {number}, or a group'),
        ('outcome = "fallback"', 'outcome = "missing"', 0, "must be one of preferred, fallback, deviates, walk_away"),
        ('outcome = "fallback"', 'outcome = "deviates"', 38, "belongs to a test whose outcome is"),
        ("rank = 1\nmatches", "rank = 2\nmatches", 0, "must name one of the position's fallbacks, 1 to 1."),
        ("rank = 1\ndescription", "rank = 2\ndescription", 0, "must be 1: fallbacks are written in order, from 1,"),
        ("matches = ['{pays}']\nunless = ['never']\nnumber = 'within {number} days'\nover = 1\nunder = 31\n", "", 36,
         '"matches" in [[positions.tests]] or "number" must be given, or the test would always hold.'),
        ("number = 'within {number} days'\n", "", 36, '"number" in [[positions.tests]] is missing, which'),
        ("over = 1\n", "over = 40\n", 0, 'must be less than "under", which is 31, not 40.'),
        ('headings = ["liability"]\nphrases = [\'{vendor} ... liable\']', "", 32, "must list at least one sign."),
        ("vendor = [", "Vendor = [", 0, 'must have a name of lower-case letters, other than "number".'),
        ("pays =", "number =", 0, 'must have a name of lower-case letters, other than "number".'),
        ("severity =", "severty =", 0, '"severty" in [[positions]] is not known; did you mean "severity"?'),
        ("[detect]", "[detekt]", 1, "the table [detect] is missing."),
    ],
)  # fmt: skip
def test_problem_names_file_line_and_field(old: str, new: str, line: int, sentence: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = [problem for problem in check_playbook(text, "p.toml") if sentence in problem]
    assert len(found) == 1
    assert found[0].startswith(f"p.toml, line {line or line_of(text, new)}: ")
    with pytest.raises(ConfigError) as caught:
        read_playbook(text, "p.toml")
    assert caught.value.code == "bad_playbook"


def test_positions_are_needed_and_their_ids_differ() -> None:
    start = GOOD.index("[[positions]]")
    assert "p.toml, line 1: there must be at least one [[positions]]." in check_playbook(GOOD[:start], "p.toml")
    twice = GOOD + GOOD[start:]
    (problem,) = check_playbook(twice, "p.toml")
    assert "which another has already" in problem


def test_words_may_be_left_out() -> None:
    text = GOOD.replace(GOOD[GOOD.index("[words]") : GOOD.index("[detect]")], "")
    text = text.replace("{vendor} ... ", "").replace("{pays}", "pay")
    assert check_playbook(text, "p.toml") == ()


RULES = """
[[interactions]]
id = "r"
title = "R"
severity = "high"
says = "Both."

[[interactions.when]]
position = "POSITION"
outcomes = ["missing", "deviates"]

[[interactions.when]]
position = "POSITION"
outcomes = ["walk_away"]
"""


def with_rules(old: str = "", new: str = "") -> str:
    position = read_playbook(GOOD, "p.toml").positions[0].id
    return GOOD + RULES.replace("POSITION", position).replace(old, new, 1)


def test_rules_over_several_positions_are_read() -> None:
    (rule,) = read_playbook(with_rules(), "p.toml").interactions
    assert (rule.id, rule.title, rule.says, rule.severity) == ("r", "R", "Both.", Severity.HIGH)
    assert [part.outcomes for part in rule.when] == [(Outcome.MISSING, Outcome.DEVIATES), (Outcome.WALK_AWAY,)]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('outcomes = ["walk_away"]', "outcomes = []", "must list at least one outcome."),
        ('outcomes = ["walk_away"]', 'outcomes = ["walkaway"]', 'did you mean "walk_away"?'),
        ("position = ", 'position = "moon"  # ', 'is "moon", which is no position; known:'),
        ("says = ", "say = ", '"say" in [[interactions]] is not known; did you mean "says"?'),
    ],
)
def test_wrong_rule_is_named(old: str, new: str, problem: str) -> None:
    assert any(problem in each for each in check_playbook(with_rules(old, new), "p.toml"))


def test_rule_needs_two_parts() -> None:
    text = with_rules()
    lone = text[: text.rindex("[[interactions.when]]")]
    assert any("needs at least two [[interactions.when]]" in each for each in check_playbook(lone, "p.toml"))


FULL = """
severities = { deviates = "critical", fallback = "low" }
applies_when = { phrases = ['personal data'], otherwise = "No personal data." }
friction = "blocks"
priority = "must"
redline = "replace"
counterparty_note = "Our insurer asks for it."
interacts_with = ["cap"]
source = "Policy 4"
examples = [
    { gives = "silent", clause = "The sun shines." },
    { gives = "fallback 1", clause = "The seller is not liable and pays within 20 days." },
]
law_notes = [{ law = "Spain", note = "N", source = "Act", checked = "2026-01-31" }]

[positions.signals]"""
HEADER = """paper = "theirs"
jurisdictions = ["UK"]
deal_breakers = ["cap"]
approvers = [{ role = "CFO", up_to = 1000, always = ["no cap"] }]
owner = "O"
approved_by = "A"
approved_on = "2026-01-31"
style = "S"
note = "N"

[words]"""


def full(old: str = "", new: str = "") -> str:
    text = GOOD.replace("\n[positions.signals]", FULL, 1).replace("[words]", HEADER, 1)
    assert old in text
    return text.replace(old, new, 1) if old else text


def test_header_and_the_further_fields_of_a_position_are_read() -> None:
    book = read_playbook(full() + 'ask = "More"\n', "p.toml")
    head = book.header
    assert (head.paper, head.jurisdictions, head.deal_breakers) == ("theirs", ("UK",), ("cap",))
    assert (head.owner, head.approved_by, head.approved_on, head.style, head.note) == ("O", "A", "2026-01-31", "S", "N")
    assert head.approvers == (Approver("CFO", 1000.0, ("no cap",)),)
    cap = book.position("cap")
    assert cap.severities == {Outcome.DEVIATES: Severity.CRITICAL, Outcome.FALLBACK: Severity.LOW}
    assert cap.applies_when is not None
    assert cap.applies_when.holds("It is Personal\nData.")
    assert not cap.applies_when.holds("It is data.")
    assert (cap.friction, cap.priority, cap.redline) == ("blocks", "must", "replace")
    assert (cap.counterparty_note, cap.interacts_with, cap.source) == ("Our insurer asks for it.", ("cap",), "Policy 4")
    assert cap.law_notes == (LawNote("Spain", "N", "Act", "2026-01-31"),)
    assert [each.gives for each in cap.examples] == ["silent", "fallback 1"]
    assert cap.fallback_after(0) == cap.fallbacks[0]
    assert cap.fallbacks[0].ask == "More"
    assert cap.fallback_after(1) is None
    assert check_playbook(full(), "p.toml") == ()


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ('deal_breakers = ["cap"]', 'deal_breakers = ["cup"]', "deal_breakers", 'names "cup"; did you mean "cap"?'),
        ('interacts_with = ["cap"]', 'interacts_with = ["moon"]', "interacts", 'names "moon"; known: cap.'),
        ('approved_on = "2026-01-31"', 'approved_on = "soon"', "approved_on", "must be a date in quotes"),
        ("phrases = ['personal data'], ", "", "applies_when", '"phrases" in [positions.applies_when] must list'),
        ('gives = "silent"', 'gives = "quiet"', "    { gives", "must be one of preferred, fallback 1, deviates"),
        ("The sun shines.", "The seller is liable.", "    { gives", "gives not_assessed, not silent."),
        ("pays within 20 days", "pays within 90 days", '    { gives = "fall', "gives not_assessed, not fallback 1."),
    ],
)
def test_problem_of_a_further_field_is_named(old: str, new: str, at: str, sentence: str) -> None:
    text = full(old, new)
    (problem,) = check_playbook(text, "p.toml")
    assert problem.startswith(f"p.toml, line {line_of(text, at)}: ")
    assert sentence in problem


def test_wording_that_a_position_does_not_accept_contradicts_it() -> None:
    strict = GOOD.replace('outcome = "fallback"\nrank = 1\n', 'outcome = "walk_away"\n')
    said = 'wording = "The seller is not liable and pays within 20 days."'
    (problem,) = check_playbook(strict.replace('wording = "W"', said), "p.toml")
    assert problem.startswith(f"p.toml, line {line_of(strict, 'wording =')}: ")
    assert problem.endswith('the wording of "cap" is walk_away by its own tests; they contradict.')
    other = GOOD[GOOD.index("[[positions]]") :].replace('id = "cap"', 'id = "other"')
    (problem,) = check_playbook(strict + other.replace('wording = "FW"', said), "p.toml")
    assert problem.endswith('fallback 1 of "other" is walk_away by the position "cap"; they contradict.')


def test_tests_that_ask_the_same_and_say_another_thing_contradict() -> None:
    start, end = GOOD.index("[[positions.tests]]"), GOOD.index("[[positions.fallbacks]]")
    again = GOOD[start:end].replace('outcome = "fallback"\nrank = 1', 'outcome = "preferred"')
    text = GOOD[:end] + again + GOOD[end:]
    (problem,) = check_playbook(text, "p.toml")
    assert 'two tests of "cap" ask the same and say fallback, preferred.' in problem
    assert check_playbook(GOOD[:end] + GOOD[start:end] + GOOD[end:], "p.toml") == ()
