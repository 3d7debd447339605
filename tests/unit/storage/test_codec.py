"""Values to bytes and back, sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import Evidence
from reviewer.domain.errors import StorageError
from reviewer.domain.vote import Judgement
from reviewer.storage.codec import decode, encode, open_sealed, seal, squeeze, unseal, unsqueeze

# Any code point at all: models' replies and file names hold lone surrogates, too.
TEXTS = st.text(st.characters(exclude_categories=()))
EVIDENCE = st.builds(Evidence, TEXTS, st.none() | st.integers(0, 10**9))
JUDGEMENTS = st.builds(
    Judgement,
    criterion=TEXTS,
    value=TEXTS,
    text=TEXTS,
    evidence=st.lists(EVIDENCE, max_size=3).map(tuple),
    rank=st.integers(0, 9),
    confidence=st.none() | st.floats(0, 1),
)


@given(st.lists(JUDGEMENTS, max_size=4).map(tuple))
def test_judgements_come_back_as_they_were(judgements: tuple[Judgement, ...]) -> None:
    assert decode(encode(judgements), tuple[Judgement, ...]) == judgements


@given(TEXTS, st.binary())
def test_seal_opens_under_its_label_only(label: str, body: bytes) -> None:
    sealed = seal(label, body)
    assert unseal(label, sealed) == body
    with pytest.raises(StorageError):
        unseal(label + "x", sealed)


@given(st.binary(min_size=1, max_size=60), st.data())
def test_seal_notices_any_changed_bit(body: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal("a", body))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(StorageError) as caught:
        unseal("a", bytes(sealed))
    assert caught.value.code == "workspace_damaged"


def test_seal_cut_short_is_damage() -> None:
    with pytest.raises(StorageError):
        unseal("a", seal("a", b"body")[:20])


@pytest.mark.parametrize("body", [b"", b"{", b'{"start":1}', b'{"start":3,"end":1}', b'{"start":"1","end":2}', b"[]"])
def test_sealed_value_of_another_shape_is_damage(body: bytes) -> None:
    with pytest.raises(StorageError) as caught:
        open_sealed("a", seal("a", body), TextSpan)
    assert caught.value.code == "workspace_damaged"


def test_field_of_a_later_version_is_passed_over() -> None:
    assert decode(b'{"start":1,"end":2,"colour":"red"}', TextSpan) == TextSpan(1, 2)


@given(st.binary())
def test_squeezed_comes_back(body: bytes) -> None:
    assert unsqueeze(squeeze(body)) == body
