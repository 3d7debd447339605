"""Secrets show themselves to nobody."""

import copy
import json
import pickle
from dataclasses import dataclass

import pytest

from reviewer.domain.secret import NO_SECRET, Secret, masked

KEY = "sk-canary-0123456789"


@dataclass(frozen=True)
class Holder:
    key: Secret


def test_secret_is_shown_as_stars_by_whatever_shows_it() -> None:
    secret = Secret(KEY)
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r:>40}",
        f"{secret:>9}",
        repr(Holder(secret)),
    ]
    assert not any(KEY in each for each in shown)
    assert all("***" in each for each in shown)
    assert json.dumps({"key": secret}, default=str) == '{"key": "***"}'
    assert secret.reveal() == KEY


def test_secret_is_copied_out_of_the_process_by_nothing() -> None:
    with pytest.raises(TypeError, match="not copied"):
        pickle.dumps(Secret(KEY))
    with pytest.raises(TypeError, match="not copied"):
        copy.deepcopy(Secret(KEY))
    with pytest.raises(TypeError):
        json.dumps(Secret(KEY))


def test_secrets_are_equal_by_their_text_and_to_nothing_else() -> None:
    assert Secret("a\ud800") == Secret("a\ud800")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert not NO_SECRET
    assert Secret(" ")


@pytest.mark.parametrize(
    "text",
    [
        "sk-ant-api03-abcdefghij",
        "sk-abcdef",
        "AIzaSyA-0123456789abcdef",
        "Bearer abc.def",
        "authorization: Basic dXNlcjpwYXNz",
        "https://host/v1?key=abcdef&x=1",
        "gsk_0123456789ab",
        "hf_0123456789ab",
    ],
)
def test_masked_takes_out_what_looks_like_a_key(text: str) -> None:
    assert "***" in masked(f"before {text} after")
    assert masked(f"before {text} after").startswith("before ")
    assert masked(f"before {text} after").endswith("after")
    assert text.rsplit(maxsplit=1)[-1][-8:] not in masked(text).replace("&x=1", "") or "&x=1" in text


def test_masked_takes_out_every_secret_of_the_process_but_short_ones() -> None:
    Secret("my own passphrase"), Secret("word")
    assert masked("a word of my own passphrase here") == "a word of *** here"
    assert masked("task-force, risk-averse: 12 sections") == "task-force, risk-averse: 12 sections"
