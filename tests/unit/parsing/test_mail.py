"""Mails: headers, bodies, and what is attached."""

from email.message import EmailMessage

import pytest

from reviewer.domain.document import BlockKind, Visibility
from reviewer.domain.errors import InputError
from reviewer.parsing.mail import MAX_DEPTH, read_mail
from reviewer.parsing.reading import Reading


def _read(data: bytes) -> Reading:
    return read_mail(data, lambda _page, _pages: None)


def _mail(plain: str | None = None, page: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Offer for Wörter"
    message["From"] = "Ann <ann@a.example>"
    message["To"] = "bob@b.example"
    message["Date"] = "Thu, 01 Jan 2026 10:00:00 +0000"
    if plain is not None:
        message.set_content(plain)
    if page is not None:
        (message.set_content if plain is None else message.add_alternative)(page, subtype="html")
    return message


def test_mail_begins_with_its_headers() -> None:
    reading = _read(_mail("One.\n\nTwo.").as_bytes())
    texts = [block.span.of(reading.text) for block in reading.blocks]
    assert texts == [
        "Offer for Wörter",
        "From: Ann <ann@a.example>",
        "To: bob@b.example",
        "Date: Thu, 01 Jan 2026 10:00:00 +0000",
        "One.",
        "Two.",
    ]
    assert (reading.blocks[0].kind, reading.blocks[0].level) == (BlockKind.HEADING, 1)
    assert reading.metadata == {
        "title": "Offer for Wörter",
        "author": "Ann <ann@a.example>",
        "to": "bob@b.example",
        "created": "Thu, 01 Jan 2026 10:00:00 +0000",
    }
    assert reading.warnings == ()


def test_mail_prefers_its_plain_text() -> None:
    assert _read(_mail("Plain.", "<p>Page.").as_bytes()).text.endswith("\n\nPlain.\n")


def test_mail_without_plain_text_is_read_as_its_page() -> None:
    reading = _read(_mail(page='<p>Seen<p style="display:none">hidden').as_bytes())
    last, hidden = reading.blocks[-2:]
    assert (last.span.of(reading.text), last.visibility) == ("Seen", Visibility.VISIBLE)
    assert (hidden.span.of(reading.text), hidden.visibility) == ("hidden", Visibility.HIDDEN)


def test_mail_names_what_is_attached_and_does_not_open_it() -> None:
    message = _mail("Text.")
    message.add_attachment(b"%PDF-1.4 secret", maintype="application", subtype="pdf", filename="contract.pdf")
    message.add_attachment("attached words", filename="notes  x.txt")
    message.add_attachment(_mail("inner words"))
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline")
    reading = _read(message.as_bytes())
    (warning,) = reading.warnings
    assert warning.code == "attachments"
    assert "contract.pdf, notes x.txt, a mail. Save it and add it." in warning.message
    assert "words" not in reading.text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Subject: =?iso-8859-1?q?W=F6rt?=\nContent-Type: text/plain; charset=koi8-r\n\n\xd7", "Wört\n\nв"),
        (b"Subject: a\nContent-Type: text/plain; charset=zip\n\nb\xc3\xb6", "a\n\nbö"),
        (b"Subject: a\nContent-Type: text/plain; charset=nonsense\n\nb\xf6", "a\n\nbö"),
        (b"Subject: a\nContent-Transfer-Encoding: base64\n\n!not base64!", "a\n\n!not base64!"),
        (b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\nno parts", "a\n\nno parts"),
        (b"Subject: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<script>x</script>", "a"),
        (b"Subject: a\nDate: Mon, 1 Jan 99999999999999 10:00:00 +0000\n\nb", "+0000\n\nb"),
        (b"Subject: =?utf-8?b?////?=\n\nb", "\n\nb"),
        (b"Subject: a\r\nTo: " + b"x@y.example, " * 10_000 + b"\r\n\r\nb", "\n\nb"),
    ],
)
def test_mail_makes_the_best_of_odd_ones(data: bytes, text: str) -> None:
    assert _read(data).text.endswith(text)


def _nested(depth: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    return b"Subject: a\nMIME-Version: 1.0\n" + head + b"\nbody"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"From: a\n\n", "empty_text"),
        (b"From: a\n\n  \n", "empty_text"),
        (_nested(MAX_DEPTH + 2), "too_big"),
        (_nested(2000), "corrupt"),
        (b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 1500, "too_big"),
        (b"Subject: " + b"a" * 300_000 + b"\n\nb", "too_big"),
        (b"Subject: a\nContent-Type: " + b"(" * 20_000 + b"\n\nb", "corrupt"),
    ],
    ids=["blank", "white", "deep", "deeper", "parts", "long header", "brackets"],
)
def test_mail_refuses_what_no_mail_is(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(data)
    assert caught.value.code == code
