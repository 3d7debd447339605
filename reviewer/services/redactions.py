"""Redaction: the list of names, what it does to a document, and which models of a run get placeholders."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.destination import destination_of
from reviewer.domain.document import Document
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.listed import clean_terms
from reviewer.domain.projection import project
from reviewer.domain.redaction import Redaction, RedactionRules
from reviewer.engine.plan import ALL_AS_IT_IS, Redacting
from reviewer.ports.models import ChatModel
from reviewer.services.requests import RunRequest

MAX_LIST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class RedactionPreview:
    """What a document's text becomes. ``text`` is what would be sent; spans of ``redaction`` are of ``visible``."""

    redaction: Redaction
    visible: str
    text: str


def preview(document: Document, rules: RedactionRules) -> RedactionPreview:
    """Exactly the placeholders that a run would use."""
    visible = project(document).text
    redaction = Redaction(rules, visible, (document.title, document.source.name))
    return RedactionPreview(redaction, visible, redaction.of_text(visible))


def read_list(path: Path) -> tuple[str, ...]:
    """The names and numbers of a file: one a line; blank lines and those that begin with ``#`` are left out.

    Raises:
        InputError: it cannot be read.
        ConfigError: it is no list: too long, or not UTF-8.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_LIST_BYTES else b"\xff"
    except OSError as error:
        raise InputError("unreadable", f"{path} cannot be read: {error.strerror}.", "Name another file.") from error
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(
            "bad_list", f"{path} is not a list of names.", "Make it a text in UTF-8, a name a line."
        ) from error
    terms = clean_terms(line for line in lines if not line.lstrip().startswith("#"))
    if not terms:
        raise ConfigError("bad_list", f"{path} lists no name and no number.", "Write one a line.")
    return terms


def redacting_of(request: RunRequest, models: Sequence[ChatModel]) -> Redacting:
    """Who gets placeholders: a model one of whose endpoints is beyond this computer, or every one."""
    choice = request.redaction
    if not choice.is_on:
        return ALL_AS_IT_IS
    names = (each.name for each in models if choice.local or not _is_here(each))
    return Redacting(choice.rules, frozenset(names))


def _is_here(model: ChatModel) -> bool:
    """Whether a model is on this computer; one in a file has no destination."""
    destination = destination_of(model.endpoint)
    return destination is None or destination.is_here
