from dataclasses import replace

import pytest

from reviewer.assets import asset_text
from reviewer.classifiers.rules import SURE, UNSURE, RuleRouter
from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Item, Route
from reviewer.domain.workflow import RouteMethod, RouteNode, Workflow
from reviewer.domain.workflow_file import read_workflow


def workflow(name: str) -> Workflow:
    return read_workflow(asset_text("workflows", f"{name}.toml"), f"{name}.toml")


def item(
    kind: str = "other",
    heading: str = "",
    language: str = "en",
    text: str = "x",
    path: str = "",
    *,
    typed: bool = False,
) -> Item:
    document = None if typed else DocumentId("d")
    return Item(document, None, SectionKind(kind), heading, path or heading, text, TextSpan(0, len(text)), language)


def route(name: str, each: Item) -> Route:
    flow = workflow(name)
    found = RuleRouter().route(each, flow.router, flow.routes)
    assert found.method is RouteMethod.RULES
    assert found.reason.endswith(".")
    return found


@pytest.mark.parametrize(
    ("name", "each", "expected", "confidence", "reason"),
    [
        ("contract-review", item("toc"), "skip", SURE, "Section kind: toc."),
        ("contract-review", item("clause", "Liability"), "clause", SURE, "Section kind: clause."),
        ("contract-review", item("parties"), "facts", SURE, "Section kind: parties."),
        ("contract-review", item("clause", language="de"), "foreign", SURE,
         "The text is German (de); results are wanted in English (en)."),
        ("contract-review", item("clause", language=""), "clause", SURE, "Section kind: clause."),
        ("contract-review", item("signature", language="de"), "skip", SURE, "Section kind: signature."),
        ("contract-review", item("references"), "clause", UNSURE, "No rule speaks for this text; this is the default."),
        ("research-synthesis", item("references", language="de"), "skip", SURE, "Section kind: references."),
        ("research-synthesis", item("abstract"), "summarize", SURE, "Section kind: abstract."),
        ("research-synthesis", item("section", "Ergebnisse", "de"), "translate", SURE,
         "The text is German (de); results are wanted in English (en)."),
        ("research-synthesis", item("section", "2. Materials and Methods"), "summarize", SURE,
         'The heading "2. Materials and Methods" is a usual one.'),
        ("research-synthesis", item("section", "IV. RESULTS"), "summarize", SURE,
         'The heading "IV. RESULTS" is a usual one.'),
        ("research-synthesis", item("section", "Recruitment", path="2 Methods > 2.1 Recruitment"), "summarize", SURE,
         'The heading "2 Methods" is a usual one.'),
        ("research-synthesis", item("section", "Funding"), "summarize", UNSURE,
         'The heading "Funding" does not say what kind of section this is.'),
        ("research-synthesis", item("section", "Author contributions"), "summarize", UNSURE,
         'The heading "Author contributions" does not say what kind of section this is.'),
        ("research-synthesis", item("section"), "summarize", UNSURE, "Section kind: section, without a heading."),
        ("research-synthesis", item("section", "x" * 99), "summarize", UNSURE,
         f'The heading "{"x" * 60}…" does not say what kind of section this is.'),
        ("research-assistant", item(), "summarizer", SURE,
         "The text is English (en), the language results are wanted in."),
        ("research-assistant", item(language="fr"), "translator", SURE,
         "The text is French (fr); results are wanted in English (en)."),
        ("research-assistant", item(language=""), "summarizer", UNSURE,
         "The text is too short to tell its language; it is taken as English (en)."),
    ],
)  # fmt: skip
def test_route_follows_the_workflow(name: str, each: Item, expected: str, confidence: float, reason: str) -> None:
    assert route(name, each) == Route(expected, confidence, RouteMethod.RULES, reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Translate this into French: the cat sat on the mat.", "translator"),
        ("Could you please translate the abstract below?", "translator"),
        ("  Please summarise: Die Würde des Menschen ist unantastbar.", "summarizer"),
        ("Sum up the findings.", "summarizer"),
    ],
)
def test_typed_text_gets_what_it_asks_for(text: str, expected: str) -> None:
    language = "de" if "Würde" in text else "en"
    found = route("research-assistant", item(text=text, language=language, typed=True))
    assert (found.route, found.confidence) == (expected, SURE)
    assert found.reason.startswith("The text begins with a request: ")


@pytest.mark.parametrize("text", ["Translational medicine is young.", "We translate genes into proteins."])
def test_words_like_a_request_are_none(text: str) -> None:
    assert route("research-assistant", item(text=text, typed=True)).route == "summarizer"


def test_documents_cannot_ask() -> None:
    found = route("research-assistant", item(text="Translate this into French.", language="en"))
    assert found.route == "summarizer"


def test_heading_words_decide_as_whole_words() -> None:
    flow = workflow("research-synthesis")
    routes = (RouteNode("money", "d", headings=("funding",)), RouteNode("rest", "d"))
    classify = RuleRouter().route
    found = classify(item("section", "Funding and support"), flow.router, routes)
    assert (found.route, found.confidence, found.reason) == ("money", SURE, 'The heading holds "funding".')
    assert classify(item("section", "Crowdfunding"), flow.router, routes).route == flow.router.default


def test_every_condition_must_hold() -> None:
    flow = workflow("research-synthesis")
    routes = (RouteNode("a", "d", kinds=(SectionKind.SECTION,), headings=("results",), foreign=True),)
    classify = RuleRouter().route
    assert classify(item("section", "Results", "de"), flow.router, routes).route == "a"
    for other in (item("table", "Results", "de"), item("section", "Aims", "de"), item("section", "Results", "en")):
        assert classify(other, flow.router, routes).route == flow.router.default


def test_signals_languages_and_lengths_are_conditions() -> None:
    flow = workflow("research-synthesis")
    routes = (
        RouteNode("refund", "d", signals=(r"refunds?\b", "money back")),
        RouteNode("iberian", "d", languages=("es", "pt")),
        RouteNode("long", "d", min_words=5, max_words=6),
        RouteNode("endless", "d", min_words=7),
    )

    def found(text: str, language: str = "en") -> tuple[str, float, str]:
        one = RuleRouter().route(item(text=text, language=language), flow.router, routes)
        return one.route, one.confidence, one.reason

    assert found("I want my  MONEY\nBACK now") == ("refund", SURE, 'The text holds "MONEY BACK".')
    assert found("Olá", "pt") == ("iberian", SURE, "The text is Portuguese (pt).")
    assert found("one two three four five") == ("long", UNSURE, "The text is as long as this route wants it.")
    assert found("one two three four five six seven")[0] == "endless"
    assert found("one two")[0] == flow.router.default


def test_several_routes_are_taken_when_the_workflow_lets_them() -> None:
    flow = workflow("research-synthesis")
    routes = (
        RouteNode("a", "d", signals=("x",)),
        RouteNode("b", "d", signals=("x",)),
        RouteNode("c", "d", min_words=1),
    )
    for most, also in ((1, ()), (2, ("b",)), (3, ("b", "c"))):
        found = RuleRouter().route(item(), replace(flow.router, max_routes=most), routes)
        assert (found.route, found.also) == ("a", also)
