from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.handlers.builtin.sentences import sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("One.", ["One."]),
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ('He said "Yes." Then he left.', ['He said "Yes."', "Then he left."]),
        ("See Sec. 5 and Art. 3. The rest follows.", ["See Sec. 5 and Art. 3.", "The rest follows."]),
        ("Acme Inc. A firm. It pays.", ["Acme Inc. A firm.", "It pays."]),
        ("Smith et al. Found it. So be it.", ["Smith et al. Found it.", "So be it."]),
        ("By J. R. Smith. It ends.", ["By J. R. Smith.", "It ends."]),
        ("It costs 3.5 million. We pay.", ["It costs 3.5 million.", "We pay."]),
        ("a heading\n\nA part without a stop\n\nAnother.", ["a heading", "A part without a stop", "Another."]),
        ("Nach § 5 Abs. 2 Satz 1 gilt z.B. Folgendes. Die Frist endet.",
         ["Nach § 5 Abs. 2 Satz 1 gilt z.B. Folgendes.", "Die Frist endet."]),
        ("Er endet am 31. Dezember 2025. Überdies gilt das.", ["Er endet am 31. Dezember 2025.", "Überdies gilt das."]),
        ("It is clause 5. The rest follows.", ["It is clause 5.", "The rest follows."]),
        ("Wait... What? Yes.", ["Wait...", "What?", "Yes."]),
        ("? Yes.", ["?", "Yes."]),
        ("It stops.  \n", ["It stops."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(st.sampled_from('aB1 .!?\n"(ä') | st.characters(), max_size=80))
def test_sentences_hold_all_that_is_not_blank_in_order(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@pytest.mark.parametrize("unit", [".", ". ", "\n", "?!", ".\n", "\n\t\n"])
def test_sentences_do_not_choke_on_rows_of_marks(unit: str) -> None:
    text = "Contents " + unit * 50_000 + " x"
    assert sentences(text)
