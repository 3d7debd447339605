"""How the run under way stands, in one line: its progress, and what holds it back."""

import math

from PySide6.QtCore import QCoreApplication

from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.session import Session

SHORT_S = 1
"""A wait of a second or less is how a limit by the minute is kept: not worth a sentence that comes and goes."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunSentence", text)


def run_sentence(session: Session, elapsed_s: float) -> str:
    """The line of the progress strip; ``elapsed_s`` are the seconds that the run worked so far."""
    if session.is_paused:
        text = _tr("Paused: %1. What is on its way still comes in.")
        return text.replace("%1", _begun(session.progress.sentence()))
    sentence = session.progress.sentence(elapsed_s)
    wait = wait_sentence(session)
    return f"{sentence}. {wait}" if wait else sentence


def wait_sentence(session: Session) -> str:
    """Why nothing is asked right now and when the run goes on; empty where time does not hold it back."""
    seconds = math.ceil(session.waiting_s or 0)
    if seconds <= SHORT_S:
        return ""
    if is_silent(session):
        text = _tr("The endpoint does not answer: tries again in %1 s")
    else:
        text = _tr("The endpoint limits how often it may be asked: goes on in %1 s")
    return text.replace("%1", str(seconds))


def is_silent(session: Session) -> bool:
    """True while the run waits for an endpoint that does not answer.

    Without a limit that somebody set, there is nothing else that time alone holds a run back for.
    """
    is_limited = bool(session.basis.rpm or session.basis.tpm)
    return not is_limited and (session.waiting_s or 0) > SHORT_S


def silence_notice(session: Session) -> Notice:
    """That no endpoint answers, with what can be done."""
    hosts = sorted({each.host for each in session.panel.places})
    text = _tr("No answer from %1. The run keeps trying for some minutes; what is done is kept when you stop it.")
    return Notice(NoticeKind.WARNING, text.replace("%1", _tr(" or ").join(hosts)), _tr("Stop"), "stop")


def _begun(sentence: str) -> str:
    """As it continues a sentence."""
    return sentence[:1].lower() + sentence[1:]
