from datetime import UTC, datetime

import pytest

from reviewer.domain.destination import Destination
from reviewer.domain.matter import Egress, Matter, MatterId
from reviewer.services.models import ModelPlace
from reviewer.ui.viewmodels.egress import badge

A = Destination("https", "a.test", 443)
B = Destination("https", "b.test", 8443)
HERE = ModelPlace("ollama/m", "127.0.0.1:11434", True, Destination("http", "127.0.0.1", 11434))
FILE = ModelPlace("llama_cpp/m", "", True)


def place(destination: Destination) -> ModelPlace:
    return ModelPlace("openai/m", destination.place, False, destination)


def matter(egress: Egress, *endpoints: Destination) -> Matter:
    return Matter(MatterId("matter-1"), "Acme", datetime(2026, 1, 2, tzinfo=UTC), egress, endpoints=endpoints)


@pytest.mark.parametrize(
    ("models", "of", "is_offline", "text", "icon"),
    [
        ((), None, False, "This computer only", "lock"),
        ((HERE, FILE), None, False, "This computer only", "lock"),
        ((place(A),), None, False, "Asks before sending to a.test", "help"),
        ((place(A), HERE, place(B)), None, False, "Asks before sending to a.test, b.test:8443", "help"),
        ((place(A),), None, True, "This computer only", "lock"),
        ((place(A),), matter(Egress.HERE, A), False, "This computer only", "lock"),
        ((place(A),), matter(Egress.LISTED, A), False, "Sends to a.test", "cloud"),
        ((place(A), place(B)), matter(Egress.LISTED, A), False, "This computer only", "lock"),
        ((place(A),), matter(Egress.ASK), False, "Asks before sending to a.test", "help"),
        ((HERE,), matter(Egress.LISTED, A), False, "This computer only", "lock"),
    ],
)
def test_badge_tells_where_text_goes(
    models: tuple[ModelPlace, ...], of: Matter | None, is_offline: bool, text: str, icon: str
) -> None:
    found = badge(models, of, is_offline=is_offline)

    assert (found.text, found.icon, found.is_private) == (text, icon, icon == "lock")


def test_badge_says_whose_word_it_is() -> None:
    assert "Without a matter" in badge((), None, is_offline=False).why
    assert "The text of Acme stays on this computer." in badge((), matter(Egress.HERE), is_offline=False).why
    assert "refused" in badge((place(A),), matter(Egress.HERE), is_offline=False).why
    assert (
        "b.test:8443 is refused: it is not listed"
        in badge((place(A), place(B)), matter(Egress.LISTED, A), is_offline=False).why
    )
    assert "https://a.test" in badge((place(A),), matter(Egress.LISTED, A), is_offline=False).why
    assert "Offline: a.test is not contacted." in badge((place(A),), None, is_offline=True).why
