import pytest

from reviewer.domain.destination import Destination, destination_of, parse_destination, places
from reviewer.domain.errors import ConfigError

API = Destination("https", "api.example.test", 443)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example.test/v1/", API),
        ("https://API.Example.Test:443", API),
        (" https://user:secret@api.example.test/?q=1 ", API),
        ("http://api.example.test", Destination("http", "api.example.test", 80)),
        ("https://api.example.test:8443", Destination("https", "api.example.test", 8443)),
        ("http://[::1]:11434/", Destination("http", "::1", 11434)),
        ("https://bücher.example/", Destination("https", "xn--bcher-kva.example", 443)),
        ("file://localhost/m.gguf", None),
        ("https://", None),
        ("https://host:99999", None),
        ("https://host:word", None),
        ("http://[::zz]/", None),
        ("https://" + "ü" * 70, None),
        ("", None),
    ],
)
def test_destination_is_scheme_host_and_port_of_an_address(url: str, expected: Destination | None) -> None:
    assert destination_of(url) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("api.example.test", "https://api.example.test"),
        ("https://api.example.test/v1/chat", "https://api.example.test"),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_destination_is_read_as_people_write_it_and_shown_without_the_usual_port(text: str, shown: str) -> None:
    assert str(parse_destination(text)) == shown
    assert parse_destination(shown) == parse_destination(text)


@pytest.mark.parametrize("text", ["", "ftp://host", "https://", "two words", "key@host", "https://a\nb", "host:0x"])
def test_what_is_no_destination_is_refused(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_destination(text)
    assert caught.value.code == "bad_destination"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("127.8.9.10", False),
        ("localhost.example", False),
        ("127.1", False),
        ("0.0.0.0", False),
        ("::ffff:127.0.0.1", False),
        ("10.0.0.1", False),
    ],
)
def test_this_computer_is_told_by_spelling(host: str, expected: bool) -> None:
    assert Destination("http", host, 80).is_here is expected


def test_places_name_each_host_once() -> None:
    assert places([API, API, Destination("http", "b", 8000)]) == "api.example.test, b:8000"
