import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import InputError
from reviewer.domain.ids import canonical_json, sha256_hex
from reviewer.domain.record_seal import SCHEMA, sealed, unsealed

RECORD = {"schema": SCHEMA, "run": {"id": "run-1", "cost": 0.25, "votes": 3}, "text": "Haftung: §\u2009 5 \n\udc80"}
DATA = sealed(RECORD)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def code_of(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        unsealed(data, "a.json")
    assert "a.json" in caught.value.user_message
    assert caught.value.hint
    return caught.value.code


def test_what_was_sealed_is_opened_as_it_was() -> None:
    opened = unsealed(DATA, "a.json")
    assert opened.record == RECORD
    assert opened.sha256 == json.loads(DATA)["seal"]["sha256"]


@given(values)
def test_every_value_can_be_sealed_and_opened(value: object) -> None:
    data = sealed({"schema": SCHEMA, "value": value})  # type: ignore[dict-item]  # JSON by construction
    assert sealed(unsealed(data, "a").record) == data


def test_two_halves_of_a_character_are_sealed_as_the_character() -> None:
    assert unsealed(sealed({"schema": SCHEMA, "text": "\ud83d\ude00"}), "a").record["text"] == "😀"


def test_every_changed_byte_is_detected_at_every_place() -> None:
    for place, byte in enumerate(DATA):
        for other in range(256):
            if other != byte:
                changed = DATA[:place] + bytes([other]) + DATA[place + 1 :]
                with pytest.raises(InputError):
                    unsealed(changed, "a")


def test_every_lost_or_added_byte_is_detected() -> None:
    for place in range(len(DATA)):
        for changed in (DATA[:place] + DATA[place + 1 :], DATA[:place] + b" " + DATA[place:], DATA[:place]):
            with pytest.raises(InputError):
                unsealed(changed, "a")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b"null", b'{"record":1,"seal":{}}', b"[" * 100_000])
def test_what_is_no_record_is_said_to_be_none(data: bytes) -> None:
    assert code_of(data) == "no_record"


def test_what_says_the_same_in_other_bytes_was_not_sealed() -> None:
    assert code_of(json.dumps(json.loads(DATA)).encode()) == "record_damaged"


def test_edit_that_keeps_the_seal_is_damage() -> None:
    assert code_of(DATA.replace(b"run-1", b"run-2")) == "record_damaged"


def test_another_kind_of_sealed_file_is_no_record() -> None:
    assert code_of(sealed({"schema": "reviewer.report/1"})) == "no_record"


def test_record_of_a_newer_version_is_said_to_be_whole_and_newer() -> None:
    data = sealed({"schema": "reviewer.record/2", "new": [1]})
    assert code_of(data) == "record_newer"
    assert code_of(data.replace(b"[1]", b"[2]")) == "record_damaged"


def test_seal_is_sha256_over_the_canonical_bytes_of_the_record() -> None:
    plain = {"schema": SCHEMA, "b": 1, "a": "ü"}
    assert unsealed(sealed(plain), "a").sha256 == sha256_hex(canonical_json(plain))
