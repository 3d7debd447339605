"""The composition root: every concrete object is made here, and only when it is needed."""

import asyncio
import getpass
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.classifiers.language import NgramLanguageIdentifier
from reviewer.domain.decision import SubjectKind
from reviewer.domain.destination import Destination
from reviewer.domain.override import Override, overrides_of
from reviewer.domain.settings import Setting, Source
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.recognition import Recognizer
from reviewer.parsing.splitter import TreeSplitter
from reviewer.parsing.tesseract import describe_tesseract, find_tesseract
from reviewer.ports.export import Exporter
from reviewer.ports.handling import DocumentChecker, LanguageIdentifier
from reviewer.ports.models import ChatModel
from reviewer.ports.records import EventForm
from reviewer.ports.storage import Access, DocumentStore, Workspace
from reviewer.services import doctor
from reviewer.services.care import CareService
from reviewer.services.catalog import Catalog
from reviewer.services.container import Reader, Services
from reviewer.services.corrections import CorrectionService
from reviewer.services.indexing import SearchIndexer
from reviewer.services.library import Library
from reviewer.services.matters import MatterService
from reviewer.services.model_facts import FactService
from reviewer.services.models import Check, ModelService
from reviewer.services.overrides import OverrideService
from reviewer.services.passwords import AskPassword, Passwords
from reviewer.services.planning import Planner
from reviewer.services.playbook_files import FOLDER as PLAYBOOK_FOLDER
from reviewer.services.records import RecordService
from reviewer.services.requests import RunRequest
from reviewer.services.reviews import ReviewService
from reviewer.services.runs import RunService
from reviewer.services.search import SearchService
from reviewer.services.sent import SentService
from reviewer.services.settings import SettingsService
from reviewer.services.spending import Money
from reviewer.services.workflow_files import FOLDER
from reviewer.storage.paths import Locations, locate
from reviewer.storage.settings_file import FILE_NAME, TomlSettingsFile

if TYPE_CHECKING:
    from reviewer.domain.workflow import Workflow
    from reviewer.engine.plan import Team
    from reviewer.storage.secrets import KeyringSecretStore


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits without blocking the loop."""
        await asyncio.sleep(seconds)

    def jitter(self) -> float:
        """A random number from 0 to 1."""
        return random.random()  # noqa: S311 - spreads retries, keeps no secret


@contextmanager
def open_reader(ask_password: AskPassword | None = None, workspace: Path | None = None) -> Iterator[Reader]:
    """Reading and planning without opening a workspace. Ends the worker processes on leaving.

    Args:
        ask_password: asks for the passwords of protected files; without it they are refused.
        workspace: the folder whose workflow files count; the usual one where None.
    """
    with _reader(catalog_of(workspace), None, Passwords(), ask_password) as reader:
        yield reader


def exporters() -> dict[str, Exporter]:
    """What writes reports, by the name of its format."""
    from reviewer.export.ics import IcsExporter
    from reviewer.export.json_report import JsonExporter
    from reviewer.export.markdown import MarkdownExporter

    return {each.format: each for each in (JsonExporter(), MarkdownExporter(), IcsExporter())}


def event_form() -> EventForm:
    """How run records keep events."""
    from reviewer.storage.event_form import JsonEventForm

    return JsonEventForm()


def stored_overrides(workspace: Path | None) -> tuple[Override, ...]:
    """Where people sent texts, as a workspace keeps it; none where there is no workspace yet. Makes none.

    Raises:
        StorageError: it cannot be read.
    """
    from reviewer.storage import connection
    from reviewer.storage.opening import open_workspace

    directory = workspace or _locations().workspace_dir
    if not (directory / connection.FILE_NAME).is_file():
        return ()
    store = open_workspace(directory, Access.READ, "route")
    try:
        return overrides_of(asyncio.run(store.decisions.of_kind(SubjectKind.ROUTES)))
    finally:
        store.close()


@contextmanager
def open_services(
    workspace: Path | None,
    ask_password: AskPassword | None = None,
    access: Access = Access.WRITE,
    purpose: str = "review",
    config: Path | None = None,
) -> Iterator[Services]:
    """All use cases over a workspace; on leaving, the worker processes end and the database is closed.

    Args:
        workspace: its folder; the usual one where None.
        ask_password: asks for the passwords of protected files; without it they are refused.
        access: what it is opened for.
        purpose: what others are told who want to write there meanwhile.
        config: the file of settings in place of the user's.

    Raises:
        StorageError: the workspace cannot be opened.
    """
    from reviewer.parsing.page_renderer import IsolatedPageRenderer
    from reviewer.services.pages import PageService
    from reviewer.storage.opening import open_workspace

    directory = workspace or _locations().workspace_dir
    store = open_workspace(directory, access, purpose)
    try:
        with ExitStack() as opened:
            passwords = Passwords()
            corrections = CorrectionService(store.decisions, SystemClock(), _user_name())
            indexer = SearchIndexer(store.search)
            catalog, documents = catalog_of(workspace), store.documents
            reader = opened.enter_context(_reader(catalog, documents, passwords, ask_password, corrections, indexer))
            settings = settings_service(config)
            runs = _run_service(store, reader, indexer, partial(_money, settings, directory))
            overrides = OverrideService(store.decisions, SystemClock(), reader.planner, corrections, _user_name())
            pages = PageService(opened.enter_context(closing(IsolatedPageRenderer())), passwords)
            yield Services(
                reader.library,
                runs,
                ReviewService(store, SystemClock(), indexer, _user_name()),
                corrections,
                pages,
                catalog,
                model_service(),
                settings,
                SearchService(store, reader.library, indexer),
                exporters(),
                care_service(directory),
                MatterService(store, SystemClock()),
                FactService(settings, catalog),
                SentService(store),
                overrides,
                RecordService(store, runs, event_form()),
                store.refusal,
            )
    finally:
        store.close()


def _run_service(store: Workspace, reader: Reader, indexer: SearchIndexer, money: Callable[[], Money]) -> RunService:
    clock, name = SystemClock(), _user_name()
    return RunService(store, reader.library, reader.planner, build_models, clock, indexer, name, money)


@contextmanager
def _reader(
    catalog: Catalog,
    store: DocumentStore | None,
    passwords: Passwords,
    ask_password: AskPassword | None,
    corrections: CorrectionService | None = None,
    indexer: SearchIndexer | None = None,
) -> Iterator[Reader]:
    languages = NgramLanguageIdentifier()
    parser = IsolatedDocumentParser(_recognizer(languages))
    library = Library(parser, TreeSplitter(), languages, store, passwords, ask_password, corrections, indexer)

    def team_of(workflow: "Workflow", overrides: Sequence[Override]) -> "Team":
        from reviewer.teams import build_team

        return build_team(workflow, catalog, overrides)

    try:
        yield Reader(library, Planner(catalog, library, languages, team_of), languages)
    finally:
        parser.close()


def document_checker() -> DocumentChecker:
    """The rules of the linter."""
    from reviewer.handlers.checks.linter import Linter

    return Linter()


def catalog_of(workspace: Path | None) -> Catalog:
    """Workflow and playbook files: the bundled ones, those in the workspace and those in the configuration folder."""
    places = _locations()
    folders = (workspace or places.workspace_dir, places.config_dir)
    return Catalog([folder / FOLDER for folder in folders], [folder / PLAYBOOK_FOLDER for folder in folders])


def _recognizer(languages: LanguageIdentifier) -> Recognizer | None:
    tesseract = find_tesseract()
    return Recognizer(tesseract, languages.identify) if tesseract else None


def _user_name() -> str:
    """Who works here, as the system knows them; empty where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, and no variable that names one
        return ""


def build_models(request: RunRequest, *, with_keys: bool = True) -> tuple[ChatModel, ...]:
    """The models a request names, over one HTTP client.

    Args:
        request: names them.
        with_keys: give them the keys of their providers.

    Raises:
        ConfigError: a model or an address that cannot be used.
    """
    if not request.models:
        return ()
    from reviewer.providers.factory import chat_model
    from reviewer.providers.http import HttpClient
    from reviewer.providers.proxy import SECRET, parse_proxy
    from reviewer.providers.rehearsal import RehearsingClient
    from reviewer.providers.trust import read_authorities

    secrets = _secrets()
    client = (RehearsingClient if request.is_rehearsal else HttpClient)(
        is_offline=request.offline,
        allowed=_allowed(request),
        proxy=parse_proxy(request.proxy, secrets.get(SECRET) if with_keys else None) if request.proxy else None,
        authorities=read_authorities(request.ca_file) if request.ca_file else None,
    )
    keys = [secrets.get(choice.spec.partition("/")[0]) if with_keys else None for choice in request.models]
    return tuple(
        chat_model(choice.spec, choice.base_url, key, client) for choice, key in zip(request.models, keys, strict=True)
    )


def _allowed(request: RunRequest) -> frozenset[Destination]:
    """What a request's models may contact: their own addresses, as far as the user and the matter let text go there."""
    from reviewer.providers.factory import reached

    if request.is_rehearsal or request.offline:
        return frozenset()
    reach = reached((choice.spec, choice.base_url) for choice in request.models if "/" in choice.spec)
    return reach if request.may_send_to is None else reach.intersection(request.may_send_to)


def care_service(workspace: Path | None) -> CareService:
    """Backups, checks and repair of a workspace, open or not."""
    from reviewer.storage.keeper import FolderKeeper

    return CareService(FolderKeeper(workspace or _locations().workspace_dir), SystemClock())


def model_service() -> ModelService:
    """Keys and endpoint tests; needs no workspace."""
    return ModelService(_secrets(), build_models, SystemClock(), partial(build_models, with_keys=False))


def settings_service(config: Path | None) -> SettingsService:
    """Settings; needs no workspace, and none need exist.

    Args:
        config: the file in place of the user's.
    """
    places = _locations()

    def project_at(workspace: Path | None) -> TomlSettingsFile:
        return TomlSettingsFile((workspace or places.workspace_dir) / FILE_NAME, Source.PROJECT)

    path = config or places.config_dir / FILE_NAME
    user = TomlSettingsFile(path.absolute(), Source.USER, must_exist=config is not None)
    return SettingsService(user, project_at, os.environ)


def fact_service(config: Path | None) -> FactService:
    """What is known of models; needs no workspace.

    Args:
        config: the file of settings in place of the user's.
    """
    return FactService(settings_service(config), Catalog())


def _money(settings: SettingsService, workspace: Path) -> Money:
    """What holds about money in a workspace now."""
    held = settings.effective({"workspace": Setting(workspace, Source.FLAG)}).settings
    return Money(Catalog().facts(held.facts), held.max_cost_day)


def _secrets() -> "KeyringSecretStore":
    from reviewer.storage.secrets import KeyringSecretStore

    return KeyringSecretStore()


def _locations() -> Locations:
    return locate(os.environ)


def locations(workspace: Path | None, config: Path | None) -> dict[str, Path]:
    """Where configuration, settings, data, cache and the workspace are."""
    places = _locations()
    return {
        "config": places.config_dir,
        "settings": (config or places.config_dir / FILE_NAME).absolute(),
        "data": places.data_dir,
        "cache": places.cache_dir,
        "workspace": workspace or places.workspace_dir,
    }


def diagnose(workspace: Path | None) -> tuple[Check, ...]:
    """What the doctor finds."""
    from reviewer.parsing.office import find_office

    office = find_office()
    return doctor.diagnose(
        lambda: open_services(workspace, access=Access.EITHER, purpose="doctor"),
        care_service(workspace),
        _secrets().keyring_state(),
        office.path if office else None,
        describe_tesseract(find_tesseract()),
    )
