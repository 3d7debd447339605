import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.errors import ConfigError
from reviewer.domain.ids import sha256_hex
from reviewer.domain.section import SectionKind, SplitAs
from reviewer.domain.workflow import Aggregation, ChecksNode, RouteMethod, SplitUnit
from reviewer.domain.workflow_file import check_workflow, read_workflow

GOOD = """\
schema = "reviewer.workflow/1"
id = "w"
version = 2
title = "T"
description = "D"
aggregate = "positions"

[split]
as = "contract"
unit = "document"
max_chars = 900

[router]
methods = ["rules", "llm"]
margin = 0.5
default = "all"
target_language = "de"

[[routes]]
id = "none"
description = "Nothing."
kinds = ["toc"]
headings = ["Contents"]
foreign = false
requests = ["Skip"]

[[routes]]
id = "all"
description = "All."
handlers = ["judge"]

[[handlers]]
id = "judge"
uses = "assess"
votes = 3
quorum = 2
prompt = "assess"
playbooks = ["x"]
temperature = 0.7

[synthesis]
uses = "synthesize"
prompt = "s"
"""


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_read_workflow_reads_every_field() -> None:
    workflow = read_workflow(GOOD, "w.toml")
    assert (workflow.id, workflow.version, workflow.title, workflow.description) == ("w", 2, "T", "D")
    assert workflow.aggregate is Aggregation.POSITIONS
    assert workflow.digest == sha256_hex(GOOD)
    split = workflow.split
    assert (split.split_as, split.unit, split.max_chars) == (SplitAs.CONTRACT, SplitUnit.DOCUMENT, 900)
    router = workflow.router
    assert router.methods == (RouteMethod.RULES, RouteMethod.LLM)
    assert (router.margin, router.default, router.target_language) == (0.5, "all", "de")
    none = workflow.route("none")
    assert (none.handlers, none.kinds, none.headings) == ((), (SectionKind.TOC,), ("contents",))
    assert (none.foreign, none.requests) == (False, ("skip",))
    assert workflow.route("all").foreign is None
    judge = workflow.handler("judge")
    assert (judge.uses, judge.votes, judge.quorum, judge.prompt) == ("assess", 3, 2, "assess")
    assert (judge.playbooks, judge.temperature) == (("x",), 0.7)
    assert workflow.synthesis is not None
    assert (workflow.synthesis.uses, workflow.synthesis.prompt) == ("synthesize", "s")


def test_read_workflow_checks_by_rules_where_it_says_so() -> None:
    assert read_workflow(GOOD, "w.toml").checks is None
    assert read_workflow(f"{GOOD}\n[checks]\n", "w.toml").checks == ChecksNode()
    off = read_workflow(f'{GOOD}\n[checks]\noff = ["blank"]\n', "w.toml").checks
    assert off == ChecksNode(("blank",))


def test_read_workflow_fills_in_what_may_be_left_out() -> None:
    text = GOOD[: GOOD.index("[synthesis]")].replace("max_chars = 900\n", "").replace("margin = 0.5\n", "")
    workflow = read_workflow(text, "w.toml")
    assert workflow.synthesis is None
    assert (workflow.split.max_chars, workflow.router.margin) == (6000, 0.6)


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('"reviewer.workflow/1"', '"other/1"', 1, '"schema" must be "reviewer.workflow/1", not "other/1".'),
        (
            "votes = 3",
            'votes = "three"',
            0,
            '"votes" in [[handlers]] must be a whole number from 1 to 15, not "three".',
        ),
        ("votes = 3", "votes = 99", 0, '"votes" in [[handlers]] must be a whole number from 1 to 15, not 99.'),
        ("quorum = 2", "quorum = 4", 0, '"quorum" in [[handlers]] must be at most "votes", which is 3, not 4.'),
        ("margin = 0.5", "margin = 2", 0, '"margin" in [router] must be a number from 0 to 1, not 2.'),
        ("margin", "marign", 0, '"marign" in [router] is not known; did you mean "margin"?'),
        ('default = "all"', 'default = "al"', 0, '"default" in [router] names no route; did you mean "all"?'),
        ('["rules", "llm"]', '["rule"]', 0, '"methods" in [router] names "rule"; did you mean "rules"?'),
        ('["rules", "llm"]', "[]", 0, '"methods" in [router] must list at least one of rules, ml, llm.'),
        (
            '"de"',
            '"german"',
            0,
            '"target_language" in [router] must be two lower-case letters (ISO 639-1), not "german".',
        ),
        ('kinds = ["toc"]', 'kinds = ["tocs"]', 0, '"kinds" in [[routes]] names "tocs"; did you mean "toc"?'),
        (
            '["judge"]',
            '["jugde"]',
            0,
            '"handlers" in [[routes]] names "jugde", which is no handler; did you mean "judge"?',
        ),
        ('id = "all"', 'id = "none"', 28, '"id" in [[routes]] is "none", which another has already; ids must differ.'),
        ('uses = "synthesize"', 'uses = "x"', 0, '"uses" in [synthesis] must be one of synthesize, not "x".'),
        (
            'playbooks = ["x"]\n',
            "",
            32,
            '"playbooks" in [[handlers]] is missing; a handler that uses "assess" needs one.',
        ),
        (
            "max_chars = 900",
            "max_chars = 1",
            0,
            '"max_chars" in [split] must be a whole number from 500 to 200000, not 1.',
        ),
        ('"contract"', '"kontract"', 9, '"as" in [split] must be one of auto, contract, paper, not "kontract".'),
        ("[split]", "[split", 8, "this is not valid TOML: expected ']' at the end of a table declaration (column 7)."),
    ],
)
def test_problem_names_file_line_and_field(old: str, new: str, line: int, sentence: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    expected = f"w.toml, line {line or line_of(text, new)}: {sentence}"
    assert expected in check_workflow(text, "w.toml")
    with pytest.raises(ConfigError) as caught:
        read_workflow(text, "w.toml")
    assert caught.value.code == "bad_workflow"
    assert caught.value.hint


def test_one_mistake_gives_one_problem() -> None:
    for old, new in (
        ("votes = 3", 'votes = "three"'),
        ("votes = 3", "votes = 99"),
        ('uses = "synthesize"', "uses = 3"),
    ):
        assert len(check_workflow(GOOD.replace(old, new), "w.toml")) == 1


def test_positions_need_a_handler_that_assesses() -> None:
    problems = check_workflow(GOOD.replace('uses = "assess"', 'uses = "label"'), "w.toml")
    assert problems == ('w.toml, line 6: "aggregate" is "positions", which needs a handler that uses "assess".',)


def test_empty_file_lists_everything_that_is_missing() -> None:
    problems = "\n".join(check_workflow("", "w.toml"))
    for field in ("schema", "id", "version", "title", "description", "aggregate", "[split]", "[router]", "[[routes]]"):
        assert field in problems


def test_check_workflow_is_empty_for_a_good_file() -> None:
    assert check_workflow(GOOD, "w.toml") == ()


@pytest.mark.parametrize("name", asset_names("workflows", ".toml"))
def test_bundled_workflow_is_good_and_named_like_its_file(name: str) -> None:
    workflow = read_workflow(asset_text("workflows", f"{name}.toml"), f"{name}.toml")
    assert workflow.id == name
    bundled = set(asset_names("playbooks", ".toml"))
    assert bundled.issuperset(book for handler in workflow.handlers for book in handler.playbooks)


def test_research_assistant_has_the_two_routes_of_its_contract() -> None:
    workflow = read_workflow(asset_text("workflows", "research-assistant.toml"), "research-assistant.toml")
    assert {route.id for route in workflow.routes} == {"summarizer", "translator"}
    assert workflow.split.unit is SplitUnit.DOCUMENT


def test_research_synthesis_asks_a_model_where_rules_are_unsure() -> None:
    workflow = read_workflow(asset_text("workflows", "research-synthesis.toml"), "research-synthesis.toml")
    assert workflow.router.methods == (RouteMethod.RULES, RouteMethod.LLM)
    assert workflow.synthesis is not None


def test_unit_of_a_pattern_is_read_with_its_expression() -> None:
    text = GOOD.replace('unit = "document"', "unit = \"pattern\"\npattern = '^Q:'\ntokens = 100\ncontext_tokens = 0")
    split = read_workflow(text, "w.toml").split
    assert (split.unit, split.pattern, split.tokens, split.context_tokens) == (SplitUnit.PATTERN, "^Q:", 100, 0)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('unit = "pattern"', '"pattern" in [split] must be a regular expression, because "unit" is "pattern", not '),
        ('unit = "pattern"\npattern = "("', '"pattern" in [split] is no regular expression: missing )'),
    ],
)
def test_unit_of_a_pattern_needs_an_expression(line: str, problem: str) -> None:
    (found,) = check_workflow(GOOD.replace('unit = "document"', line), "w.toml")
    assert problem in found
