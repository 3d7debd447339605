"""What the window and the command line are given."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.ports.export import Exporter
from reviewer.services.catalog import Catalog
from reviewer.services.library import Library
from reviewer.services.models import ModelService
from reviewer.services.planning import Planner
from reviewer.services.runs import RunService


@dataclass(frozen=True, slots=True)
class Services:
    """All use cases over one workspace. Close through what built it."""

    library: Library
    catalog: Catalog
    planner: Planner
    runs: RunService
    models: ModelService
    exporters: Mapping[str, Exporter]
