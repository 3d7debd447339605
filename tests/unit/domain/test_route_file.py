import pytest

from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode
from reviewer.domain.workflow_file import check_workflow, read_workflow

FILE = """\
schema = "reviewer.workflow/1"
id = "triage"
version = 1
title = "Triage"
description = "Sends mail where it belongs."
aggregate = "collect"

[split]
as = "auto"

[router]
methods = ["rules", "ml", "llm"]
default = "other"
max_routes = 2
escalate = true

[[routes]]
id = "billing"
description = "Money."
languages = ["de"]
signals = ["refunds?"]
min_words = 2
max_words = 9
examples = ["I was charged twice.", "payment"]

[[routes]]
id = "other"
description = "The rest."
examples = ["Hello there.", "payment"]
"""


def test_read_workflow_keeps_all_of_router_and_routes() -> None:
    workflow = read_workflow(FILE, "w.toml")
    methods = (RouteMethod.RULES, RouteMethod.ML, RouteMethod.LLM)
    assert workflow.router == RouterNode(methods, 0.6, "other", "en", 2, escalate=True)
    assert workflow.routes[0] == RouteNode(
        "billing",
        "Money.",
        languages=("de",),
        signals=("refunds?",),
        min_words=2,
        max_words=9,
        examples=("I was charged twice.", "payment"),
    )
    assert check_workflow(FILE, "w.toml") == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('"ml", "llm"]', '"mi", "llm"]', 12, '"methods" in [router] names "mi"; known: rules, ml, llm.'),
        ('"ml", "llm"]', '"person"]', 12, '"methods" in [router] names "person"; known: rules, ml, llm.'),
        ('"rules", "ml",', '"ml", "rules",', 12,
         '"methods" in [router] must be in the order rules, ml, llm, each once at most.'),
        ('"ml", "llm"]', '"ml"]', 15, '"escalate" in [router] is about models, and "methods" does not list llm.'),
        ("max_routes = 2", "max_routes = 0", 14,
         '"max_routes" in [router] must be a whole number from 1 to 20, not 0.'),
        ('examples = ["Hello there.", "payment"]', "", 12,
         '"methods" in [router] lists ml, which learns from "examples" of at least two [[routes]]; 1 of them has any.'),
        ('["de"]', '["german"]', 20,
         '"languages" in [[routes]] must be two lower-case letters (ISO 639-1), not "german".'),
        ('"refunds?"', '"refunds?("', 21,
         '"signals" in [[routes]]: "refunds?(" is no regular expression: '),
        ("max_words = 9", "max_words = 1", 23,
         '"max_words" in [[routes]] must be at least "min_words", which is 2, not 1.'),
        ("Hello there.", "I  was charged TWICE.", 29,
         '"examples" in [[routes]] holds "I  was charged TWICE.", which is an example of "billing" too; '),
        ('default = "other"', 'default = "others"', 13,
         '"default" in [router] names no route; did you mean "other"?'),
        ('default = "other"', "", 11, '"default" in [router] is missing; it must be a text in quotes.'),
    ],
)  # fmt: skip
def test_check_workflow_names_line_field_and_what_would_be_right(old: str, new: str, line: int, sentence: str) -> None:
    assert old in FILE
    problems = check_workflow(FILE.replace(old, new), "w.toml")
    assert problems[0].startswith(f"w.toml, line {line}: {sentence}")
