"""Notices: a state in one sentence, with one thing to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.errors import ReviewerError


class NoticeKind(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the strip above the documents says.

    Attributes:
        action: what its button says; empty for none.
        command: id of the action in `reviewer.ui.actions` that the button does.
    """

    kind: NoticeKind
    text: str
    action: str = ""
    command: str = ""


def notice_of(error: ReviewerError, action: str = "", command: str = "") -> Notice:
    """An error in its own words."""
    return Notice(NoticeKind.DANGER, f"{error.user_message} {error.hint}".strip(), action, command)
