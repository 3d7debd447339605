from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.disguise import closed_up, has_tags, undisguised


def test_plain_text_stays_what_it_is() -> None:
    plain = undisguised("Pay now.")
    assert (plain.text, plain.origins) == ("Pay now.", None)
    assert plain.source(TextSpan(1, 3)) == TextSpan(1, 3)


def test_what_is_not_seen_goes_and_tags_become_letters() -> None:
    plain = undisguised("p\u200bay\x00 \U000e006e\U000e006f\U000e0077\U000e007f")
    assert plain.text == "pay now"
    assert plain.source(TextSpan(0, 3)) == TextSpan(0, 4)
    assert plain.source(TextSpan(4, 7)) == TextSpan(6, 9)
    assert plain.source(TextSpan(7, 7)) == TextSpan(10, 10)
    assert plain.source(TextSpan(2, 2)) == TextSpan(3, 3)


def test_look_alikes_are_read_as_latin_only_among_latin_letters() -> None:
    assert undisguised("\u0440\u0430y").text == "pay"
    assert (
        undisguised("\u0434\u043e\u0433\u043e\u0432\u043e\u0440 caf\u00e9").text
        == "\u0434\u043e\u0433\u043e\u0432\u043e\u0440 caf\u00e9"
    )
    assert undisguised("\uff50\uff41\uff59 \ufb01nal").text == "pay final"


@given(st.text(alphabet="ab \u200b\ufb01\u0430\U000e0061", max_size=30))
def test_every_character_leads_back_into_the_original(text: str) -> None:
    plain = undisguised(text)
    for index in range(len(plain.text)):
        source = plain.source(TextSpan(index, index + 1))
        assert 0 <= source.start < source.end <= len(text)


def test_letters_that_stand_apart_are_closed_up() -> None:
    ((span, words),) = closed_up("do  I G N O R E   A L L  rules")
    assert words == "IGNORE ALL"
    assert span == TextSpan(4, 23)
    assert [words for _, words in closed_up("i.g.n.o.r.e")] == ["ignore"]
    assert closed_up("I am a B") == []


def test_tags_are_noticed() -> None:
    assert has_tags("a\U000e0061")
    assert not has_tags("plain")
    assert not has_tags("caf\u00e9")


def test_signs_among_letters_are_no_look_alikes() -> None:
    text = "\u0482 a\u0435 \u0482\u0435b\u037e"
    assert undisguised(text).text == "\u0482 ae \u0482eb;"
    assert list(undisguised("a\u00a0b").origins or ()) == [0, 1, 2]
