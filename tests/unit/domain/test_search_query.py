"""What people type, and how it is understood."""

import pytest

from reviewer.domain.errors import InputError
from reviewer.domain.search import AllOf, AnyOf, Field, Filter, InDocument, Not, Query, Term
from reviewer.domain.search_query import LONGEST_QUERY, parse_query

A, B, C = Term(("a",)), Term(("b",)), Term(("c",))


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("a", A),
        ("a b", AllOf((A, B))),
        ("A AND b", AllOf((A, B))),
        ('"Written Notice"', Term(("written", "notice"))),
        ("„schriftliche Kündigung“", Term(("schriftliche", "kundigung"))),
        ("co-operate", Term(("co", "operate"))),
        ("a OR b c", AnyOf((A, AllOf((B, C))))),
        ("(a OR b) c", AllOf((AnyOf((A, B)), C))),
        ("a -b", AllOf((A, Not(B)))),
        ("a NOT b", AllOf((A, Not(B)))),
        ("a NOT NOT b", AllOf((A, B))),
        ("a NOT (b OR c)", AllOf((A, Not(AnyOf((B, C)))))),
        ('-"a b" c', AllOf((Not(Term(("a", "b"))), C))),
        ("liab*", Term(("liab",), closes=False)),
        ("*ity", Term(("ity",), opens=False)),
        ("*abil*", Term(("abil",), opens=False, closes=False)),
        ("in:finding a", AllOf((Filter(Field.IN, "finding"), A))),
        ("kind:Clause", Filter(Field.KIND, "clause")),
        ('severity:"high"', Filter(Field.SEVERITY, "high")),
        ('document:"Master agreement" a', AllOf((InDocument(Term(("master", "agreement"))), A))),
        ("甲方", Term(("甲方",))),
        ("甲*", Term(("甲",), closes=False)),
        ("API协议", Term(("api", "协议"))),
        ("12:30", Term(("12", "30"))),
    ],
)
def test_query_is_understood(typed: str, query: Query) -> None:
    assert parse_query(typed) == query


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ('"a b', Term(("a", "b"))),
        ("a OR", A),
        ("OR a", A),
        ("a OR OR b", AnyOf((A, B))),
        ("a NOT", A),
        ("((a", A),
        ("a) b", AllOf((A, B))),
        ("a () b", AllOf((A, B))),
        ("a § b", AllOf((A, B))),
        ("in:", Term(("in",))),
        ("document: a", AllOf((Term(("document",)), A))),
        ("a -", A),
        ("a \ud800", A),
    ],
)
def test_wrong_query_is_read_leniently(typed: str, query: Query) -> None:
    assert parse_query(typed) == query


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "nothing to search for"),
        ('"', "nothing to search for"),
        ("OR", "nothing to search for"),
        ("§", "nothing to search for"),
        ("-a", "something that must occur"),
        ("a OR -b", "something that must occur"),
        ("kind:nonsense", "kind: takes one of these"),
        ("t*", "too short"),
        ("*ab*", "too short"),
        ("a " * LONGEST_QUERY, "too long"),
        ("a " * 100, "too many words"),
    ],
)
def test_query_that_cannot_be_done_says_why(typed: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        parse_query(typed)
    assert error.value.code == "bad_search"
    assert words in error.value.user_message
    assert error.value.hint
