"""Which index is asked, and whether it gives just what is wanted."""

import pytest

from reviewer.domain.search_query import parse_query
from reviewer.storage.search_sql import Table, plan


@pytest.mark.parametrize(
    ("typed", "table", "is_exact"),
    [
        ("word", Table.WORDS, True),
        ('"a phrase" -word', Table.WORDS, True),
        ("甲", Table.WORDS, True),
        ("甲方", Table.WORDS, True),
        ("甲方乙", Table.WORDS, False),
        ("api甲", Table.WORDS, False),
        ("word -甲方乙", Table.WORDS, False),
        ("kind:clause", Table.WORDS, True),
        ("ab*", Table.PARTS, True),
        ("begin*", Table.PARTS, False),
        ("*part* word", Table.PARTS, False),
        ("*abc* OR in:note", Table.PARTS, True),
        ("*part* OR 甲", None, False),
        ("(*part* OR 甲) word", Table.PARTS, False),
        ("*part* document:name", Table.PARTS, False),
    ],
)
def test_query_is_asked_of_the_index_that_knows(typed: str, table: Table | None, is_exact: bool) -> None:
    found = plan(parse_query(typed))
    assert (found.table if found else None) is table
    assert (found is not None and found.is_exact) is is_exact


def test_part_of_a_word_beside_chinese_takes_both_indexes() -> None:
    found = plan(parse_query("*part* 甲方"))
    assert found is not None
    assert (found.table, found.within is not None) == (Table.PARTS, True)
