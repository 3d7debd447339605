from reviewer.domain.template import filled, template_problems, variables_of


def test_variables_are_found_with_their_lines() -> None:
    text = 'Hold {side}.\n\nJSON: {"a": 1}, {}, { b }\n{positions}{side}'
    assert list(variables_of(text)) == [(1, "side"), (4, "positions"), (4, "side")]


def test_problems_name_the_line_and_the_nearest() -> None:
    assert template_problems("a\n{langauge} {tone}", "p.md", ("language",)) == (
        'p.md, line 2: {langauge} is no variable of this prompt; did you mean "language"?',
        "p.md, line 2: {tone} is no variable of this prompt; known: language.",
    )
    assert template_problems("{language}", "p.md", ("language",)) == ()


def test_filled_puts_each_value_in_once() -> None:
    assert filled("{a} {b} {c}", {"a": "{b}", "b": "x"}) == "{b} x {c}"
