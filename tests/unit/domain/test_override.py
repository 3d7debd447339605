from datetime import UTC, datetime

from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.override import Override, encode_override, overrides_of, same_text

AT = datetime(2026, 1, 1, tzinfo=UTC)


def decided(text: str, route: str, workflow: str = "flow", action: DecisionAction = DecisionAction.REROUTE) -> Decision:
    value = encode_override(Override(workflow, text, route))
    return Decision(SubjectRef(SubjectKind.ROUTES, "doc"), action, AT, value=value, by="Ann")


def test_overrides_are_read_back_as_they_were_made() -> None:
    assert overrides_of([decided("Ein „Text“", "a")]) == (Override("flow", "Ein „Text“", "a", "Ann"),)


def test_last_word_about_a_text_counts_in_each_workflow() -> None:
    said = [decided("one", "a"), decided("two", "a"), decided(" one\n", "b"), decided("one", "c", "other")]
    assert [(each.workflow, same_text(each.text), each.route) for each in overrides_of(said)] == [
        ("flow", "two", "a"),
        ("flow", "one", "b"),
        ("other", "one", "c"),
    ]


def test_override_is_taken_back_when_no_route_is_named() -> None:
    assert overrides_of([decided("one", "a"), decided("one", "")]) == ()
    assert overrides_of([decided("one", "")]) == ()


def test_other_decisions_are_left_aside() -> None:
    assert overrides_of([decided("one", "a", action=DecisionAction.NOTE)]) == ()
