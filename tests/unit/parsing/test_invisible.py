"""Characters that deceive."""

import pytest

from reviewer.parsing.invisible import deception_warnings, tag_spans


def _codes(text: str) -> list[str]:
    return [warning.code for warning in deception_warnings(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Plain words, naïve café, Grüße.", []),
        ("lia\u200bbility", ["invisible_characters"]),
        ("lia\u2060\u200bbility", ["invisible_characters"]),
        ("soft\u00adhyphen", []),
        ("sin\u2061x", []),
        ("https://example.org/\u200bpath", []),
        ("\ufeffAt the start", []),
        ("می\u200cخواهم", []),
        ("\U0001f469\u200d\U0001f4bb", []),
        ("\u202ereversed", ["invisible_characters"]),
        ("\u200fעברית\u200e", []),
        ("a\U000e0061", ["invisible_characters"]),
        ("p\u0430yment", ["mixed_scripts"]),
        ("\u0391ctivity", ["mixed_scripts"]),
        ("\u0421opyright", ["mixed_scripts"]),
        ("\u0441тoроны", ["mixed_scripts"]),
        ("Договор и contract", []),
        ("10 kΩ, TGFβ, ΔH", []),
    ],
)
def test_deception_is_told_from_plain_writing(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_deception_is_counted_and_shown() -> None:
    invisible, mixed = deception_warnings(
        "a\u200bb\u200bc \u202e \U000e0061\U000e0062 p\u0430y p\u0430id p\u0430yer r\u0430te"
    )
    assert "holds 5 invisible characters: 2 of zero width inside words, 2 that only programs read (tags), 1" in (
        invisible.message
    )
    assert mixed.message.startswith("4 words mix")
    assert mixed.message.endswith("p\u0430y, p\u0430id, p\u0430yer ...")


def test_tags_of_a_flag_do_not_count() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert list(tag_spans(f"{flag} x\U000e0061\U000e0062y")) == [(9, 11)]
    assert list(tag_spans("\U0001f3f4" + "\U000e0061" * 30)) == [(1, 31)]
