import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.ids import canonical_json, content_id, sha256_hex

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
)


def test_canonical_json_has_one_spelling() -> None:
    assert canonical_json({"b": [1, None], "a": "§"}) == '{"a":"§","b":[1,null]}'


@given(st.dictionaries(st.text(), VALUES))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_canonical_json_refuses_what_json_has_no_spelling_for(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json([number])


def test_sha256_hex_of_text_is_that_of_its_utf8_form() -> None:
    assert sha256_hex("é") == sha256_hex("é".encode())
    assert sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_sha256_hex_takes_lone_surrogates() -> None:
    assert sha256_hex("\ud800") != sha256_hex("\ud801")


@given(VALUES, VALUES)
def test_content_id_is_equal_exactly_for_equal_parts(first: object, second: object) -> None:
    one, other = content_id("x", first), content_id("x", second)  # type: ignore[arg-type]
    assert (one == other) == (canonical_json(first) == canonical_json(second))  # type: ignore[arg-type]
    assert len(one) == len("x-") + 16


def test_content_id_keeps_parts_apart() -> None:
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")
