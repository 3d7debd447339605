import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import ConfigError
from reviewer.domain.outcome import Severity
from reviewer.domain.toml_fields import TomlFile, field_lines, listed, nearest, shown

TEXT = """\
title = "x"            # votes = 3
[split]
as = "paper"
[[handlers]]
id = "a"
notes = \"\"\"
id = "not a key"
[[handlers]]
\"\"\"
[[handlers]]
  id = 'b'
  list = [
    "[[handlers]]",
    ["votes = 1"],
  ]
  [handlers.signals]
  headings = ["h"]
  [[handlers.tests]]
  says = "one"
  [[handlers.tests]]
  says.short = "two"
[[handlers]]
"quoted key" = 1
[split.inner]
deep = 1
"""


def file(text: str) -> TomlFile:
    return TomlFile(text, "f.toml", "bad_file")


def problems(text: str, *reads: tuple[str, tuple[object, ...]]) -> tuple[str, ...]:
    toml = file(text)
    for method, arguments in reads:
        getattr(toml.root, method)(*arguments)
    return toml.problems


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("title",), 1),
        (("split",), 2),
        (("split", "as"), 3),
        (("handlers", 0), 4),
        (("handlers", 0, "notes"), 6),
        (("handlers", 1), 10),
        (("handlers", 1, "id"), 11),
        (("handlers", 1, "list"), 12),
        (("handlers", 1, "signals", "headings"), 17),
        (("handlers", 1, "tests", 0, "says"), 19),
        (("handlers", 1, "tests", 1, "says", "short"), 21),
        (("handlers", 2), 22),
        (("handlers", 2, "quoted key"), 23),
        (("split", "inner", "deep"), 25),
    ],
)
def test_field_lines_finds_the_line(path: tuple[str | int, ...], line: int) -> None:
    assert field_lines(TEXT)[path] == line


def test_field_lines_ignores_what_looks_like_a_field_inside_text_and_brackets() -> None:
    lines = field_lines(TEXT)
    assert ("handlers", 3) not in lines
    assert ("votes",) not in lines


@given(st.text(max_size=300))
def test_field_lines_takes_any_text(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in field_lines(text).values())


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb == 2\n", 2), ('a = 1\nb = "x', 2), ("a = 1\na = 2\n", 2), ("[t\nx = 1", 1)]
)
def test_syntax_error_names_its_line(text: str, line: int) -> None:
    toml = file(text)
    toml.root.text("needed")
    assert len(toml.problems) == 1
    assert toml.problems[0].startswith(f"f.toml, line {line}: this is not valid TOML: ")


@pytest.mark.parametrize(
    ("toml", "method", "arguments", "message"),
    [
        ("x = 1", "text", ("x",), '"x" must be a text in quotes, not 1.'),
        ("x = ' '", "text", ("x",), '"x" must be a text that is not blank, not " ".'),
        ("", "text", ("x",), '"x" is missing; it must be a text in quotes.'),
        ("x = true", "whole", ("x", 1, 15), '"x" must be a whole number from 1 to 15, not true.'),
        ("x = 1.5", "whole", ("x", 1, 15), '"x" must be a whole number from 1 to 15, not 1.5.'),
        ("x = 16", "whole", ("x", 1, 15, 3), '"x" must be a whole number from 1 to 15, not 16.'),
        ("x = 'three'", "whole", ("x", 1, 15, 3), '"x" must be a whole number from 1 to 15, not "three".'),
        ("x = 2", "number", ("x", 0, 1, 0.5), '"x" must be a number from 0 to 1, not 2.'),
        ("x = [1]", "number", ("x", 0, 1, 0.5), '"x" must be a number from 0 to 1, not a list.'),
        ("x = {a = 1}", "amount", ("x",), '"x" must be a number, not a table.'),
        ("x = 1", "flag", ("x",), '"x" must be true or false, not 1.'),
        ("x = 'bad'", "choice", ("x", Severity), '"x" must be one of critical, high, medium, low, info, not "bad".'),
        ("x = ['hihg']", "choices", ("x", Severity), '"x" names "hihg"; did you mean "high"?'),
        ("x = 'a'", "texts", ("x",), '"x" must be a list of texts in quotes, not "a".'),
        ("x = ['a', ' ']", "texts", ("x",), '"x" must be a list of texts in quotes, none of them blank.'),
        ("x = 1", "table", ("x",), '"x" must be a table that begins with a line [x].'),
        ("", "table", ("x",), "the table [x] is missing."),
        ("x = 1", "tables", ("x",), '"x" must be tables that each begin with a line [[x]].'),
        ("vots = 1", "allow", ("votes", "id"), '"vots" is not known; did you mean "votes"?'),
        ("zzz = 1", "allow", ("votes", "id"), '"zzz" is not known; known: votes, id.'),
    ],
)
def test_problem_says_what_would_be_right(toml: str, method: str, arguments: tuple[object, ...], message: str) -> None:
    assert problems(toml, (method, arguments)) == (f"f.toml, line 1: {message}",)


def test_values_are_read_when_right() -> None:
    root = file("t = ' x '\nn = 3\nf = 0.5\nb = false\nc = 'high'\nl = ['low']\na = 7").root
    assert root.text("t") == "x"
    assert root.whole("n", 1, 9) == 3
    assert root.number("f", 0, 1, 0.1) == 0.5
    assert root.flag("b") is False
    assert root.choice("c", Severity) is Severity.HIGH
    assert root.choices("l", Severity) == (Severity.LOW,)
    assert root.amount("a") == 7.0


def test_defaults_are_read_where_a_key_is_not_there() -> None:
    root = file("").root
    assert root.text("t", "d") == "d"
    assert root.whole("n", 1, 9, 4) == 4
    assert root.number("f", 0, 1, 0.1) == 0.1
    assert root.flag("b") is None
    assert root.amount("a") is None
    assert root.choice("c", Severity, Severity.INFO) is Severity.INFO
    assert root.table("x", needed=False) is None
    assert root.tables("x") == ()


def test_problems_are_in_the_order_of_lines_and_the_first_is_raised_with_a_count() -> None:
    toml = file("b = 1\na = 1\nc = 1")
    for key in ("a", "c", "b"):
        toml.root.text(key)
    with pytest.raises(ConfigError) as caught:
        toml.finish("Correct it.")
    assert caught.value.code == "bad_file"
    assert caught.value.user_message == 'f.toml, line 1: "b" must be a text in quotes, not 1.'
    assert caught.value.hint == "Correct it. 2 more problems in this file."


def test_finish_is_silent_without_problems_and_gives_the_bare_hint_with_one() -> None:
    file("").finish("hint")
    toml = file("")
    toml.root.text("a")
    with pytest.raises(ConfigError) as caught:
        toml.finish("hint")
    assert caught.value.hint == "hint"


def test_problem_in_an_inline_table_names_its_line() -> None:
    toml = file("a = 1\nrows = [\n  {x = 1},\n]")
    toml.root.tables("rows")[0].text("x")
    assert toml.problems == ('f.toml, line 3: "x" in [[rows]] must be a text in quotes, not 1.',)


def test_shown_is_short_and_on_one_line() -> None:
    assert shown("x" * 99) == '"' + "x" * 39 + "…"
    assert shown("a\nb") == '"a\\nb"'
    assert shown(file("d = 2026-01-02").root.values["d"]) == "2026-01-02"
    assert listed([]) == "none"
    assert nearest("x", []) == "known: none."
