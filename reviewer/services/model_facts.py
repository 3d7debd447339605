"""Facts of models: listed with where each comes from, and put right."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from reviewer.domain.model_facts import ModelFacts, OwnFacts, with_own
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Layer, Setting
from reviewer.services.catalog import Catalog
from reviewer.services.settings import NO_FLAGS, SettingsService

_KEY = "models.facts"


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model with what is known of it; ``base_url`` where one is set, ``in_panel`` where runs ask it."""

    facts: ModelFacts
    base_url: str | None = None
    in_panel: bool = False


@dataclass(frozen=True, slots=True)
class ModelList:
    """Models of the panel first, then those the user said something of, then those of the bundled list."""

    models: tuple[ListedModel, ...]
    currency: str


class FactService:
    """What is known of models, over the settings and the bundled list."""

    def __init__(self, settings: SettingsService, catalog: Catalog) -> None:
        self._settings = settings
        self._catalog = catalog

    def list(self, panel: Sequence[ModelChoice], flags: Layer = NO_FLAGS) -> ModelList:
        """The models of a panel and all others that something is known of.

        Raises:
            ConfigError: the settings or the list are wrong.
        """
        book = self._catalog.facts(self._settings.effective(flags).settings.facts)
        asked = [ListedModel(book.of(each.spec, each.base_url), each.base_url, in_panel=True) for each in panel]
        names = {each.facts.name for each in asked}
        others = dict.fromkeys([*(each.name for each in book.own), *(each.name for each in book.known)])
        known = [ListedModel(book.of(name, None)) for name in others if name not in names]
        return ModelList((*asked, *known), book.currency)

    def set(self, facts: OwnFacts, flags: Layer = NO_FLAGS) -> Setting | None:
        """Keeps what the user says of a model in their file, beside what they said before.

        Returns:
            What wins over it, or None.

        Raises:
            ConfigError: the name or a figure is not right, or the file is not understood.
            StorageError: the file cannot be written.
        """
        kept = self._settings.kept(_KEY)
        own = tuple(each for each in kept if isinstance(each, OwnFacts)) if isinstance(kept, tuple) else ()
        before = next((each for each in own if each.name == facts.name), OwnFacts(facts.name))
        said = {each.name: getattr(facts, each.name) for each in fields(facts)}
        merged = with_own(own, replace(before, **{name: value for name, value in said.items() if value is not None}))
        self._settings.keep({_KEY: merged})
        winner = self._settings.get(_KEY, flags)
        return None if winner.value == merged else winner
