r"""Mails: subject, who wrote to whom and when, and the body. What is attached is named and never opened.

The subject is a heading, the header lines are paragraphs, then comes the body: its plain text, else its web page.
"""

import email.errors
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.parser import BytesParser

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, DocumentWarning, Visibility
from reviewer.domain.errors import InputError
from reviewer.parsing.block_writer import BETWEEN_PARAGRAPHS, BlockWriter, Piece
from reviewer.parsing.html_encoding import decode_page
from reviewer.parsing.html_page import read_html_text
from reviewer.parsing.inline_text import clean
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.plain import read_plain
from reviewer.parsing.reading import Progress, Reading

MAX_PARTS = 1000
MAX_DEPTH = 20
_MAX_HEADERS = 256 * 1024
_MAX_LINE = 2000
_MAX_PARSED = 5000
_MAX_METADATA = 500
_NAMES_LISTED = 20
_SHOWN = ("From", "To", "Cc", "Date")
_METADATA = {"title": "Subject", "author": "From", "to": "To", "created": "Date"}
# What the standard library's reader raises over mails that are broken.
_TRIPPED = (
    email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, ArithmeticError,
)  # fmt: skip
_TEXTS = {"text/plain", "text/html"}


@dataclass(frozen=True, slots=True)
class _Contents:
    """The parts of a mail that matter: its bodies, and the names of what is attached."""

    plain: tuple[EmailMessage, ...]
    pages: tuple[EmailMessage, ...]
    attached: tuple[str, ...]


def read_mail(data: bytes, progress: Progress) -> Reading:
    """Reads a mail.

    Raises:
        InputError: it has more parts than a mail has, is nested too deep, or holds no text.
    """
    _check_headers(data)
    try:
        message = BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(data)
        contents = _contents(message)
        body = _body(contents, progress)
        headers = {name: _header(message, name) for name in ("Subject", *_SHOWN)}
    except (
        email.errors.MessageError,
        ValueError,
        LookupError,
        AttributeError,
        IndexError,
        TypeError,
        RecursionError,
    ) as error:
        # The standard library's reader of headers trips over some that are broken.
        raise failure(OutcomeCode.CORRUPT) from error
    if body is None and not headers["Subject"]:
        raise failure(OutcomeCode.EMPTY_TEXT)
    return _together(headers, body, contents.attached)


def _check_headers(data: bytes) -> None:
    """Some header parsers of the standard library are quadratic, so what is no honest header is not given to them."""
    begin = data[: _MAX_HEADERS + 4].replace(b"\r\n", b"\n")
    if b"\n\n" not in begin and len(data) > _MAX_HEADERS:
        raise failure(OutcomeCode.TOO_BIG)


def _contents(message: EmailMessage) -> _Contents:
    plain: list[EmailMessage] = []
    pages: list[EmailMessage] = []
    attached: list[str] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        if isinstance(part.get_payload(), str) and part.get_content_maintype() == "multipart":
            kind = "text/plain"  # it says that it has parts, and has none
        if part.get_content_disposition() == "attachment" or kind not in _TEXTS or part.get_filename():
            if not _is_picture_of_page(part):
                attached.append(_name(part))
        else:
            (plain if kind == "text/plain" else pages).append(part)
    return _Contents(tuple(plain), tuple(pages), tuple(attached))


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Parts that hold no others, in order; of a mail that is attached, the mail itself."""
    stack: list[tuple[EmailMessage, int]] = [(message, 0)]
    count = 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            raise failure(OutcomeCode.TOO_BIG, "The mail has more parts than a mail has.")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            children = [each for each in inner if isinstance(each, EmailMessage)]
            stack.extend((each, depth + 1) for each in reversed(children))
        else:
            yield part


def _is_picture_of_page(part: EmailMessage) -> bool:
    """True for a picture that the page shows in its text."""
    return part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"


def _name(part: EmailMessage) -> str:
    name = part.get_filename() or ("a mail" if part.get_content_type() == "message/rfc822" else "a file without a name")
    return " ".join(clean(str(name)).split())[:_MAX_METADATA]


def _body(contents: _Contents, progress: Progress) -> Reading | None:
    """The plain text; where there is none, the page."""
    texts = [text for text in map(_text, contents.plain) if text.strip()]
    if texts:
        return read_plain(clean(BETWEEN_PARAGRAPHS.join(texts)).encode("utf-8"))
    pages = [text for text in map(_text, contents.pages) if text.strip()]
    if not pages:
        return None
    try:
        return read_html_text("\n".join(pages), progress)
    except InputError as error:
        if error.code == OutcomeCode.EMPTY_TEXT:
            return None
        raise


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return decode_page(payload, str(part.get_param("charset") or ""))[0]


def _header(message: EmailMessage, name: str) -> str:
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    try:
        value = raw if len(raw) > _MAX_PARSED else message.get(name, "")
    except _TRIPPED:
        value = raw
    return " ".join(clean(str(value)).split())[:_MAX_LINE]


def _together(headers: dict[str, str], body: Reading | None, attached: tuple[str, ...]) -> Reading:
    writer = BlockWriter()
    subject = Block(TextSpan(0, 0), BlockKind.HEADING, level=1)
    writer.add([Piece(headers["Subject"], Visibility.VISIBLE)], subject, Visibility.VISIBLE)
    for name in _SHOWN:
        line = f"{name}: {headers[name]}" if headers[name] else ""
        writer.add([Piece(line, Visibility.VISIBLE)], Block(TextSpan(0, 0)), Visibility.VISIBLE)
    text, blocks, warnings = writer.text, list(writer.blocks), list(body.warnings) if body is not None else []
    if body is not None:
        text += BETWEEN_PARAGRAPHS if text else ""
        blocks += [replace(block, span=_moved(block.span, len(text))) for block in body.blocks]
        text += body.text
    if attached:
        warnings.append(DocumentWarning("attachments", _attachments(attached)))
    metadata = {name: headers[header][:_MAX_METADATA] for name, header in _METADATA.items() if headers[header]}
    return Reading(text, tuple(blocks), (), metadata, tuple(warnings))


def _moved(span: TextSpan, by: int) -> TextSpan:
    return TextSpan(span.start + by, span.end + by)


def _attachments(names: tuple[str, ...]) -> str:
    listed = ", ".join(names[:_NAMES_LISTED])
    more = f" and {len(names) - _NAMES_LISTED} more" if len(names) > _NAMES_LISTED else ""
    return f"What is attached to the mail was not read: {listed}{more}. Save it and add it."
