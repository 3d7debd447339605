from reviewer.domain.model_facts import Origin, OwnFacts
from reviewer.domain.money import Price
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Source
from reviewer.services.catalog import Catalog
from reviewer.services.model_facts import FactService
from reviewer.services.settings import SettingsService
from tests.fakes.services import MemorySettings


def service(user: MemorySettings, project: MemorySettings | None = None) -> FactService:
    return FactService(SettingsService(user, lambda workspace: project or MemorySettings(), {}), Catalog())


def test_panel_comes_first_then_what_the_user_said_then_the_list() -> None:
    own = (OwnFacts("mine/model", price_in=1.0, price_out=2.0),)
    panel = (ModelChoice("openai/gpt-4o"), ModelChoice("openai/gpt-4o", "http://127.0.0.1:8000"))
    models = service(MemorySettings(models__facts=own)).list(panel).models
    assert [(each.facts.name, each.in_panel) for each in models[:3]] == [
        ("openai/gpt-4o", True),
        ("openai/gpt-4o", True),
        ("mine/model", False),
    ]
    assert [each.facts.price_from for each in models[:3]] == [Origin.LIST, Origin.LOCAL, Origin.SETTINGS]
    names = [each.facts.name for each in models]
    assert names.count("openai/gpt-4o") == 2
    assert "openai/gpt-4o-mini" in names


def test_set_adds_to_what_was_said_before() -> None:
    user = MemorySettings()
    facts = service(user)
    assert facts.set(OwnFacts("a/b", context=1000)) is None
    assert facts.set(OwnFacts("a/b", price_in=1.0, price_out=2.0)) is None
    assert facts.set(OwnFacts("c/d", tokens_per_s=30.0)) is None
    assert user.kept["models.facts"] == (
        OwnFacts("a/b", 1000, 1.0, 2.0),
        OwnFacts("c/d", tokens_per_s=30.0),
    )
    found = {each.facts.name: each.facts for each in facts.list(()).models}
    assert found["a/b"].price == Price(1.0, 2.0)


def test_set_says_what_wins_over_it() -> None:
    project = MemorySettings(Source.PROJECT, models__facts=(OwnFacts("a/b", context=5),))
    winner = service(MemorySettings(), project).set(OwnFacts("a/b", context=1000))
    assert winner is not None
    assert winner.source is Source.PROJECT
