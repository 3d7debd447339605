import pytest

from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.policy import Adaptive, ModelClass, Policy
from reviewer.domain.workflow import HandlerNode
from reviewer.domain.workflow_file import check_workflow, read_workflow

HEAD = """\
schema = "reviewer.workflow/1"
id = "w"
version = 1
title = "T"
description = "D"
aggregate = "collect"

[split]
as = "auto"

[router]
methods = ["rules"]
default = "all"

[[routes]]
id = "all"
description = "All."
handlers = ["h"]

"""
EXTRACT = """\
[[handlers]]
id = "h"
uses = "extract"
prompt = "p"
prompts = ["q"]
model = "cheap"
votes = 3
quorum = 2
policy = "weighted"
adaptive = "fast"
temperature = 0.2
temperature_spread = 0.6

[[handlers.fields]]
name = "fee"
type = "money"
description = "What is paid."
required = false

[[handlers.fields]]
name = "kind"
type = "choice"
choices = ["a", "b"]
quote = false

[[handlers.fields]]
name = "duties"
type = "list"
max_chars = 90
max_items = 4

[handlers.variables]
tone = "plain"

[handlers.weights]
"openai/x" = 2
"""


def handler(text: str) -> HandlerNode:
    (found,) = read_workflow(HEAD + text, "w.toml").handlers
    return found


def problems(text: str) -> list[str]:
    return [each.partition(": ")[2] for each in check_workflow(HEAD + text, "w.toml")]


def test_handler_reads_every_field() -> None:
    found = handler(EXTRACT)
    assert (found.uses, found.wordings, found.model) == ("extract", ("p", "q"), ModelClass.CHEAP)
    assert (found.policy, found.adaptive, found.weights) == (Policy.WEIGHTED, Adaptive.FAST, {"openai/x": 2.0})
    assert found.variables == {"tone": "plain"}
    assert found.fields == (
        AnswerField("fee", FieldType.MONEY, "What is paid.", is_required=False, is_quoted=True, max_chars=200),
        AnswerField("kind", FieldType.CHOICE, choices=("a", "b"), max_chars=200),
        AnswerField("duties", FieldType.LIST, is_quoted=True, max_chars=90, max_items=4),
    )


def test_temperature_is_spread_over_the_votes_and_begins_anew_after_them() -> None:
    found = handler(EXTRACT)
    assert [found.temperature_of(index) for index in range(4)] == [0.2, 0.5, 0.8, 0.2]
    assert HandlerNode("h", "label", temperature=0.3).temperature_of(2) == 0.3


def test_handler_has_the_policy_of_its_kind() -> None:
    for uses, policy in (
        ("label", Policy.MAJORITY),
        ("summarize", Policy.BEST_QUOTED),
        ("generate", Policy.BEST_QUOTED),
    ):
        assert handler(f'[[handlers]]\nid = "h"\nuses = "{uses}"\nprompt = "p"\n').policy is policy


def test_generate_writes_one_text_where_no_field_is_named() -> None:
    assert handler('[[handlers]]\nid = "h"\nuses = "generate"\nprompt = "p"\n').fields == (
        AnswerField("text", max_chars=6000),
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("votes = 3", "votes = 1", '"quorum" in [[handlers]] must be at most "votes", which is 1, not 2.'),
        (
            "votes = 3\nquorum = 2",
            "votes = 1",
            '"votes" in [[handlers]] must be at least 2, so that each of the prompts is used, not 1.',
        ),
        (
            "temperature_spread = 0.6",
            "temperature_spread = 1.9",
            '"temperature_spread" in [[handlers]] must be a number that leaves "temperature" with it at 2 or less',
        ),
        (
            'policy = "weighted"',
            'policy = "judge"',
            '"policy" in [[handlers]] must be one of fields, majority, weighted, unanimous, quorum, median, ',
        ),
        (
            'type = "money"',
            'type = "text"\nmax_chars = 22000',
            "the fields may take 24560 characters together",
        ),
        ('"openai/x" = 2', '"openai/x" = 0', '"openai/x" in [handlers.weights] must be a number above 0, not 0.'),
        (
            'policy = "weighted"',
            'policy = "majority"',
            '"weights" in [[handlers]] is for the policy "weighted"; this one is "majority".',
        ),
        (
            'policy = "weighted"',
            'policy = "union"',
            '"adaptive" in [[handlers]] must be "off": under "union" every vote adds something.',
        ),
        ('name = "fee"', 'name = "The fee"', '"name" in [[handlers.fields]] must be small letters, digits and _'),
        ('name = "fee"', 'name = "kind"', '"name" in [[handlers.fields]] is "kind", which another field has'),
        ('["a", "b"]', '["a", "a"]', '"choices" in [[handlers.fields]] must be a list of 2 to 100 different texts'),
        ('type = "choice"', 'type = "bool"', '"choices" in [[handlers.fields]] is for fields of type choice.'),
        ("quote = false", "max_items = 3", '"max_items" in [[handlers.fields]] is for fields of type list.'),
        ('tone = "plain"', "tone = 3", '"tone" in [handlers.variables] must be a text in quotes, not 3.'),
        ('model = "cheap"', 'model = "best"', '"model" in [[handlers]] must be one of any, cheap, strong, not "best".'),
        ('uses = "extract"', 'uses = "summarize"', "[[handlers.fields]] are for a handler that uses one of generate"),
        ('uses = "extract"', 'uses = "extract"\nworkflow = "x"', '"workflow" in [[handlers]] is for a handler that'),
        ('prompt = "p"\nprompts = ["q"]\n', "", '"prompt" in [[handlers]] is missing; a handler that uses "extract"'),
    ],
)
def test_handler_is_refused_with_what_would_be_right(old: str, new: str, problem: str) -> None:
    assert old in EXTRACT
    assert any(each.startswith(problem) for each in problems(EXTRACT.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('uses = "extract"', 'a handler that uses "extract" needs at least one [[handlers.fields]].'),
        ('uses = "classify"', 'a handler that uses "classify" needs a field of type choice or bool.'),
        ('uses = "workflow"', '"workflow" in [[handlers]] is missing; it must be the id of a workflow.'),
        (
            'uses = "generate"\npolicy = "union"',
            '"policy" in [[handlers]] is "union", which needs a field of type list.',
        ),
        ('uses = "generate"\npolicy = "judge"', '"policy" in [[handlers]] is "judge", which needs at least 2 "votes".'),
        (
            'uses = "extract"\npolicy = "median"\n[[handlers.fields]]\nname = "a"',
            '"policy" in [[handlers]] is "median", which needs a field of type number or money.',
        ),
        (
            'uses = "extract"\npolicy = "overlap"\n[[handlers.fields]]\nname = "a"\ntype = "list"\nquote = false',
            '"policy" in [[handlers]] is "overlap", which needs a list with quotes (quote = true).',
        ),
    ],
)
def test_handler_without_what_it_needs_is_refused(text: str, problem: str) -> None:
    assert problem in problems(f'[[handlers]]\nid = "h"\nprompt = "p"\n{text}\n')


def test_too_many_fields_are_refused() -> None:
    fields = "".join(f'[[handlers.fields]]\nname = "f{number}"\ntype = "bool"\n' for number in range(31))
    found = problems(f'[[handlers]]\nid = "h"\nuses = "classify"\nprompt = "p"\n{fields}')
    assert found == ["there must be at most 30 [[handlers.fields]], not 31."]


EACH = """\
[[handlers]]
id = "h"
uses = "generate"
prompt = "p"
each = "part"

[[handlers.fields]]
name = "parts"
type = "list"

[[handlers]]
id = "part"
uses = "generate"
prompt = "q"
"""


def test_list_hands_its_entries_to_another_handler() -> None:
    assert read_workflow(HEAD + EACH, "w.toml").handler("h").each == "part"


INNER_LIST = 'prompt = "q"\neach = "h"\n[[handlers.fields]]\nname = "x"\ntype = "list"'
AT = 'w.toml, line 24: "each" in [[handlers]]'


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('each = "part"', 'each = "prt"', f'{AT} names "prt", which is no other handler; did you mean "part"?'),
        ('each = "part"', 'each = "h"', f'{AT} names "h", which is no other handler; known: part.'),
        (
            'prompt = "q"',
            INNER_LIST,
            f'{AT} must name a handler that uses one of generate, extract, classify and has no "each" of its own.',
        ),
        ('type = "list"', 'type = "text"', f'{AT} needs exactly one [[handlers.fields]] of type "list".'),
        (
            'each = "part"',
            'questions = ["Why?"]',
            'w.toml, line 24: "questions" in [[handlers]] is for a handler that uses "answer".',
        ),
    ],
)
def test_each_and_questions_that_lead_nowhere_are_named(old: str, new: str, problem: str) -> None:
    assert problem in check_workflow(HEAD + EACH.replace(old, new, 1), "w.toml")
