from dataclasses import replace

import pytest

from reviewer.services.models import ModelPlace
from reviewer.ui.viewmodels.run_sentence import is_silent, run_sentence, silence_notice
from reviewer.ui.viewmodels.session import Panel, Session

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def session() -> Session:
    made = Session()
    made.begin()
    return made


def test_run_without_anything_in_its_way_says_how_far_it_is(session: Session) -> None:
    session.wait(None)
    assert run_sentence(session, 1.0) == "Reading the documents"


@pytest.mark.parametrize("seconds", [0.0, 0.3, 1.0])
def test_short_wait_is_not_worth_a_word(session: Session, seconds: float) -> None:
    session.wait(seconds)
    assert run_sentence(session, 1.0) == "Reading the documents"
    assert not is_silent(session)


def test_wait_for_a_limit_that_was_set_is_rounded_up(session: Session) -> None:
    session.basis = replace(session.basis, tpm=1000)
    session.wait(11.2)
    expected = "Reading the documents. The endpoint limits how often it may be asked: goes on in 12 s"
    assert run_sentence(session, 1.0) == expected
    assert not is_silent(session)


def test_wait_without_a_limit_is_for_an_endpoint_that_does_not_answer(session: Session) -> None:
    places = tuple(ModelPlace(name, name, is_local=False) for name in ("b:1", "a:2", "b:1"))
    session.choose_panel(Panel((), places))
    session.wait(7.0)
    assert run_sentence(session, 1.0).endswith(". The endpoint does not answer: tries again in 7 s")
    assert is_silent(session)
    notice = silence_notice(session)
    assert notice.text.startswith("No answer from a:2 or b:1.")
    assert notice.command == "stop"


def test_paused_run_says_so_in_words_and_forgets_what_it_waited_for(session: Session) -> None:
    session.wait(7.0)
    session.pause(is_paused=True)
    assert run_sentence(session, 1.0) == "Paused: reading the documents. What is on its way still comes in."
    assert session.waiting_s is None
    session.end()
    assert not session.is_paused


def test_nothing_pauses_where_nothing_runs() -> None:
    session = Session()
    session.pause(is_paused=True)
    assert not session.is_paused
