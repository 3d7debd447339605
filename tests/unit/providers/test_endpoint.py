import pytest

from reviewer.domain.errors import ConfigError
from reviewer.providers.endpoint import parse_endpoint


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://api.example.com/v1", "https://api.example.com/v1/"),
        ("https://api.example.com/v1/", "https://api.example.com/v1/"),
        ("  HTTPS://API.Example.com  ", "https://api.example.com/"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1/"),
        ("https://api.example.com/v1#part", "https://api.example.com/v1/"),
        ("api.example.com/v1", "https://api.example.com/v1/"),
        ("api.example.com:8443", "https://api.example.com:8443/"),
        ("localhost:1234", "http://localhost:1234/"),
        ("127.0.0.1:11434", "http://127.0.0.1:11434/"),
        ("[::1]:8080/v1", "http://[::1]:8080/v1/"),
        ("192.168.1.5:8000", "http://192.168.1.5:8000/"),
        ("gpubox:8000/v1", "http://gpubox:8000/v1/"),
        ("gpubox.local", "http://gpubox.local/"),
        ("0.0.0.0:11434", "http://127.0.0.1:11434/"),
    ],
)
def test_base_url_is_put_in_order(text: str, base: str) -> None:
    assert parse_endpoint(text).base == base


@pytest.mark.parametrize(
    "text",
    ["", "  ", "ftp://host/v1", "https://", "http://h:99999/", "http://[::1", "http://a b/", "http://h/\x00", "/v1"],
)
def test_base_url_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_endpoint(text)

    assert caught.value.code == "bad_base_url"


def test_credentials_in_a_base_url_are_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_endpoint("https://user:CANARY@host/v1")

    assert "CANARY" not in f"{caught.value} {caught.value!r} {caught.value.hint}"
    assert "password" in caught.value.user_message


@pytest.mark.parametrize(
    ("text", "base"),
    [("box", "http://box:11434/"), ("box:80", "http://box:80/"), ("http://box", "http://box/")],
)
def test_default_port_counts_only_where_nothing_is_spelled_out(text: str, base: str) -> None:
    assert parse_endpoint(text, default_port=11434).base == base


def test_query_follows_each_path_but_is_not_shown() -> None:
    endpoint = parse_endpoint("https://host/openai?api-version=CANARY")

    assert endpoint.url("models") == "https://host/openai/models?api-version=CANARY"
    assert endpoint.place == "host"
    assert "CANARY" not in f"{endpoint} {endpoint.base}"


@pytest.mark.parametrize(
    ("text", "versioned"),
    [
        ("https://host", "https://host/v1/"),
        ("https://host/api?k=1", "https://host/api/v1/"),
        ("https://host/v1", None),
        ("https://host/api/v4/", None),
        ("https://host/v1beta/", None),
    ],
)
def test_version_is_added_where_the_path_has_none(text: str, versioned: str | None) -> None:
    found = parse_endpoint(text).with_version()

    assert (found.base if found else None) == versioned
    assert not found or found.query == parse_endpoint(text).query
