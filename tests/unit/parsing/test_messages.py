"""What a worker may say."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.document import Block, Line, Page, Visibility
from reviewer.parsing.messages import (
    Finished,
    InvalidMessageError,
    Job,
    PageRead,
    Ready,
    Refused,
    decode_job,
    decode_message,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.page_messages import OpenFile
from reviewer.parsing.reading import Reading
from reviewer.parsing.sniff import FileKind

_BOX = Box(0.0, 0.0, 10.0, 10.0)


@pytest.mark.parametrize(
    "message",
    [
        Ready(),
        PageRead(1, 2),
        Refused(OutcomeCode.CORRUPT),
        Finished(
            Reading(
                "ab",
                (Block(TextSpan(0, 2), page=1, box=_BOX, visibility=Visibility.FOOTER),),
                (Page(1, 10.0, 10.0, "i", (Line(TextSpan(0, 2), _BOX, (0.0, 1.0, 2.0)),)),),
                {"title": "t"},
            )
        ),
    ],
)
def test_messages_come_back_as_they_were(message: Ready | PageRead | Refused | Finished) -> None:
    assert decode_message(encode(message)) == message


def test_jobs_come_back_as_they_were() -> None:
    assert decode_job(encode(Job(FileKind.PDF, b"\x00data"))) == Job(FileKind.PDF, b"\x00data")


@pytest.mark.parametrize(
    "reading",
    [
        Reading("ab", (Block(TextSpan(0, 3)),)),
        Reading("ab", (Block(TextSpan(0, 2)), Block(TextSpan(1, 2)))),
        Reading("ab", (Block(TextSpan(0, 2), page=2),), (Page(1, 1.0, 1.0),)),
        Reading("ab", (Block(TextSpan(0, 2), page=0),)),
        Reading("ab", (Block(TextSpan(0, 2), box=Box(1.0, 0.0, 0.0, 1.0)),)),
        Reading("ab", (Block(TextSpan(0, 2), box=Box(0.0, 0.0, float("inf"), 1.0)),)),
        Reading("ab", (), (Page(2, 1.0, 1.0),)),
        Reading("ab", (), (Page(1, float("nan"), 1.0),)),
        Reading("ab", (), (Page(1, 1.0, 1.0, "", (Line(TextSpan(0, 3), _BOX),)),)),
        Reading("ab", (), (Page(1, 1.0, 1.0, "", (Line(TextSpan(0, 2), _BOX, (0.0, 1.0)),)),)),
        Reading("ab", (), (Page(1, 1.0, 1.0, "", (Line(TextSpan(0, 1), _BOX, (0.0, float("nan"))),)),)),
    ],
)
def test_readings_that_contradict_themselves_are_refused(reading: Reading) -> None:
    with pytest.raises(InvalidMessageError):
        decode_message(encode(Finished(reading)))


def test_messages_with_a_span_that_runs_backwards_are_refused() -> None:
    span = {"start": 2, "end": 1}
    lie = {"type": "finished", "reading": {"text": "ab", "blocks": [{"span": span}]}}
    with pytest.raises(InvalidMessageError):
        decode_message(msgspec.msgpack.encode(lie))


@given(st.binary(max_size=200))
def test_noise_is_refused_and_nothing_worse(data: bytes) -> None:
    try:
        message = decode_message(data)
    except InvalidMessageError:
        return
    assert isinstance(message, Ready | PageRead | Refused | Finished)


@pytest.mark.parametrize("code", OutcomeCode)
def test_every_outcome_has_a_sentence_and_a_way_out(code: OutcomeCode) -> None:
    error = failure(code)
    assert error.code == code.value
    assert error.user_message.endswith(".")
    assert error.hint.endswith(".")


def test_messages_do_not_show_their_passwords() -> None:
    assert "secret" not in repr(Job(FileKind.PDF, b"", "secret"))
    assert "secret" not in repr(OpenFile("a", b"", "secret"))
