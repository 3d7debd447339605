"""What the window and the command line are given."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.domain.errors import StorageError
from reviewer.ports.export import Exporter
from reviewer.ports.handling import LanguageIdentifier
from reviewer.services.care import CareService
from reviewer.services.catalog import Catalog
from reviewer.services.corrections import CorrectionService
from reviewer.services.library import Library
from reviewer.services.matters import MatterService
from reviewer.services.model_facts import FactService
from reviewer.services.models import ModelService
from reviewer.services.overrides import OverrideService
from reviewer.services.pages import PageService
from reviewer.services.planning import Planner
from reviewer.services.records import RecordService
from reviewer.services.reviews import ReviewService
from reviewer.services.runs import RunService
from reviewer.services.search import SearchService
from reviewer.services.sent import SentService
from reviewer.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class Reader:
    """Reading, cutting and planning, without a workspace: keeps nothing."""

    library: Library
    planner: Planner
    languages: LanguageIdentifier


@dataclass(frozen=True, slots=True)
class Services:
    """All use cases over one workspace.

    Attributes:
        refusal: why nothing can be kept there; None where it can.
    """

    library: Library
    runs: RunService
    reviews: ReviewService
    corrections: CorrectionService
    pages: PageService
    catalog: Catalog
    models: ModelService
    settings: SettingsService
    search: SearchService
    exporters: Mapping[str, Exporter]
    care: CareService
    matters: MatterService
    facts: FactService
    sent: SentService
    overrides: OverrideService
    records: RecordService
    refusal: StorageError | None = None
