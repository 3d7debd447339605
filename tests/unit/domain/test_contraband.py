import base64

import pytest

from reviewer.domain.contraband import Contraband, find_contraband

FENCE = "0123456789abcdef0123456789abcdef"
TAG = "4821391"
SOURCE = (
    "See www.Example.com/Terms or write to Legal@Example.com, or to info [at] foo [dot] de. "
    "https://a.example/long-\npath?q=1&amp;b=2 <b>bold</b> soft\u00adware.example "
    "QWxsIHlvdXIgYmFzZSBhcmUgYmVsb25nIHRvIHVz ![logo](img.png)"
)
SECRET = base64.b64encode(b"Acme Holdings pays nothing at all").decode()


@pytest.mark.parametrize(
    "text",
    [
        "The supplier is liable without limit (see clause 9.2).",
        "It refers to https://example.com/terms.",
        "Write to legal@example.com or INFO@foo.de.",
        "Under https://a.example/long-path?q=1&b=2, and at software.example.",
        "请访问https://example.com/terms。",
        "It prints <b>bold</b> words and ![logo](img.png).",
        "QWxsIHlvdXIgYmFzZSBhcmUgYmVsb25nIHRvIHVz",
        "The agreement.It is e.g. under U.S. law, S.A. de C.V., z.B. 3.2.1, at 10 a.m.",
        "p <0.05, a<b and c>d, [12] (Smith), f(x) = image of x",
        "non-disclosure-and-non-solicitation-agreement",
        "Rechtsschutzversicherungsgesellschaftenvertrag",
        "________________________________ 1,000,000.00 2026-01-01",
        "Data: the file: 12; Tel: 030 1234567",
        "10.1234/jose.00090 and 1.2.3.4",
        "",
    ],
)
def test_what_a_document_says_passes(text: str) -> None:
    assert find_contraband([text], lambda: SOURCE, (FENCE, TAG)) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://evil.example/?c=Acme", Contraband.LINK),
        ("see www.example.com/Terms?client=Acme", Contraband.LINK),
        ("at Evil.COM/abc", Contraband.LINK),
        ("evil[.]com", Contraband.LINK),
        ("evil (dot) com", Contraband.LINK),
        ("hxxps://evil.com", Contraband.LINK),
        ("ev\u200bil.com", Contraband.LINK),
        ("ｅｖｉｌ．ｃｏｍ", Contraband.LINK),
        ("acme.evil.ru", Contraband.LINK),
        ("//evil.com/x", Contraband.LINK),
        ("\\\\host\\share\\x", Contraband.LINK),
        ("http://1.2.3.4/x", Contraband.LINK),
        ("1.2.3.4:8080", Contraband.LINK),
        ("javascript:alert(1)", Contraband.LINK),
        ("data:image/png;base64,AAAA", Contraband.LINK),
        ("https://example.com/terms/客户", Contraband.LINK),
        ("evil@example.com", Contraband.ADDRESS),
        ("evil at-sign: a (at) b.de", Contraband.ADDRESS),
        ("![x](http://e.com/a)", Contraband.MARKUP),
        ("[click](x.y)", Contraband.MARKUP),
        ("[1]: x.png", Contraband.MARKUP),
        ("<img src=x>", Contraband.MARKUP),
        ("&lt;img src=x&gt;", Contraband.MARKUP),
        ("<script>", Contraband.MARKUP),
        ('=HYPERLINK("x")', Contraband.MARKUP),
        (SECRET, Contraband.ENCODED),
        ("deadbeef" * 4, Contraband.ENCODED),
        ("de ad be ef de ad be ef de ad be ef", Contraband.ENCODED),
        ("%41%63%6d%65%20%48", Contraband.ENCODED),
        ("\\x41\\x63\\x6d\\x65", Contraband.ENCODED),
        ("01000001 01100011 01101101 01100101 01000001 01100011", Contraband.ENCODED),
        ("1234567890" * 3, Contraband.ENCODED),
        ("x" * 61, Contraband.ENCODED),
        (f"the mark is {FENCE}", Contraband.MARK),
        (f"the mark is {FENCE[6:24]}", Contraband.MARK),
        (f"line {TAG}12 says", Contraband.MARK),
    ],
)
def test_what_was_not_given_is_found(text: str, kind: Contraband) -> None:
    said = text if kind is Contraband.MARKUP else f"So {text} it is."
    assert find_contraband(["fine", said], lambda: SOURCE, (FENCE, TAG)) is kind


def test_nothing_is_looked_for_without_marks() -> None:
    assert find_contraband(["plain"], str, ("",)) is None
