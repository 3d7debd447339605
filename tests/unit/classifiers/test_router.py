import pytest

from reviewer.classifiers.router import LocalRouter
from reviewer.domain.anchor import TextSpan
from reviewer.domain.override import Override
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Item, Route
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode

RULES, ML, LLM = RouteMethod.RULES, RouteMethod.ML, RouteMethod.LLM
ROUTES = (
    RouteNode("urgent", "Urgent mail.", signals=("at once",)),
    RouteNode("billing", "Money.", examples=("I was charged twice.", "Please refund my payment.", "A wrong invoice.")),
    RouteNode("technical", "Faults.", examples=("The app crashes.", "An error at login.", "The page does not load.")),
)


def routed(
    text: str, *methods: RouteMethod, overrides: tuple[Override, ...] = (), margin: float = 0.5, most: int = 1
) -> Route:
    item = Item(None, None, SectionKind.OTHER, "", "", text, TextSpan(0, len(text)), "en")
    router = RouterNode(methods or (RULES, ML), margin, "technical", max_routes=most)
    return LocalRouter(overrides).route(item, router, ROUTES)


def test_rule_goes_before_the_classifier() -> None:
    found = routed("Refund my payment at once.")
    assert (found.route, found.method) == ("urgent", RULES)


def test_classifier_answers_where_no_rule_does() -> None:
    found = routed("Refund the payment, please")
    assert (found.route, found.method) == ("billing", ML)
    assert found.confidence > 0.5
    assert found.reason.startswith('Words as in its examples: "')
    assert found.reason.endswith("Next likely: technical.")


def test_classifier_is_not_asked_where_the_workflow_does_not_list_it() -> None:
    assert routed("Refund the payment, please", RULES).method is RULES


def test_rules_are_not_asked_where_the_workflow_does_not_list_them() -> None:
    assert routed("Refund my payment at once.", ML).route == "billing"


@pytest.mark.parametrize("methods", [(RULES, ML), (ML,), (LLM,)])
def test_default_is_taken_where_nothing_speaks_for_a_route(methods: tuple[RouteMethod, ...]) -> None:
    assert routed("zzz", *methods) == Route(
        "technical", 0.5, RULES, "No rule speaks for this text; this is the default."
    )


def test_more_confident_is_taken_where_no_method_is_sure() -> None:
    assert routed("Refund my payment at once.", margin=1.0).method is RULES


def test_text_that_a_person_spoke_about_goes_where_it_was_sent() -> None:
    said = Override("flow", "Refund  my payment\nat once.", "technical", "Ann")
    found = routed("Refund my payment at once.", overrides=(said,))
    assert found == Route("technical", 1.0, RouteMethod.PERSON, "Chosen by Ann.")


def test_override_teaches_the_classifier() -> None:
    text = "Has the parcel come?"
    assert routed(text).route == "technical"
    assert routed(text, overrides=(Override("flow", "The parcel has not come.", "billing"),)).route == "billing"


def test_override_stands_in_for_the_example_of_the_same_text() -> None:
    said = (Override("flow", "The app crashes.", "billing"),)
    assert routed("The app always crashes!", overrides=said).route == "billing"


def test_override_to_a_route_that_is_gone_is_left_aside() -> None:
    assert routed("The app crashes.", overrides=(Override("flow", "The app crashes.", "gone"),)).route == "technical"


def test_override_alone_teaches_a_route_without_examples() -> None:
    said = (Override("flow", "Where is my parcel? It is late.", "urgent"),)
    assert routed("my parcel is late", overrides=said).route == "urgent"


def test_second_route_is_taken_where_it_is_nearly_as_likely() -> None:
    found = routed("I was charged twice, and the app crashes.", most=2)
    assert {found.route, *found.also} == {"billing", "technical"}
    assert routed("I was charged twice, and the app crashes.").also == ()
    assert routed("Please refund the payment of my wrong invoice", most=2).also == ()
