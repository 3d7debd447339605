"""Planning: which workflow, sections, items and playbook a document gets."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citer import Citer
from reviewer.domain.correction import Correction
from reviewer.domain.decision import SubjectKind
from reviewer.domain.document import Document, DocumentWarning
from reviewer.domain.errors import ConfigError
from reviewer.domain.ids import Json
from reviewer.domain.override import Override, overrides_of
from reviewer.domain.projection import Projection, project
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.section_check import layout_warnings, section_warnings
from reviewer.domain.task import Item
from reviewer.domain.workflow import Workflow
from reviewer.engine.items import items_within, make_items
from reviewer.engine.plan import DocumentPlan, Team
from reviewer.engine.suspicion import suspicious_findings
from reviewer.engine.units import cut_units
from reviewer.ports.handling import LanguageIdentifier
from reviewer.ports.storage import DecisionStore
from reviewer.services.catalog import AUTO, Catalog
from reviewer.services.library import Library
from reviewer.services.playbook_choice import Choice, choose, several_contracts

TITLE_CHARS = 300
_FOREIGN_SHARE = 0.1
_PAGES = {"text/html", "application/xhtml+xml"}


class Planner:
    """Makes document plans.

    Args:
        build_team: gives what answers in a workflow.
    """

    def __init__(
        self,
        catalog: Catalog,
        library: Library,
        languages: LanguageIdentifier,
        build_team: Callable[[Workflow, Sequence[Override]], Team],
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._languages = languages
        self._build_team = build_team
        self._teams: dict[tuple[str, tuple[str, ...]], tuple[Workflow, Team]] = {}
        self._overrides: tuple[Override, ...] = ()

    async def learn(self, decisions: DecisionStore) -> None:
        """Sends texts where people sent them, from now on, and what is like them.

        Raises:
            StorageError: what they said cannot be read.
        """
        self.teach(overrides_of(await decisions.of_kind(SubjectKind.ROUTES)))

    def teach(self, overrides: Sequence[Override]) -> None:
        """Sends texts where these say."""
        if tuple(overrides) != self._overrides:
            self._overrides = tuple(overrides)
            self._teams.clear()

    def taught(self, workflows: Collection[str]) -> dict[str, Json]:
        """What a run's results depend on besides its files: what people said about its workflows, if anything."""
        said = [[each.workflow, each.text, each.route] for each in self._overrides if each.workflow in workflows]
        return {"overrides": said} if said else {}

    def workflow(self, name: str, questions: tuple[str, ...] = ()) -> tuple[Workflow, Team]:
        """A workflow by id or file, asking these questions if any, and what answers in it; read once.

        Raises:
            ConfigError: as from the catalogue.
        """
        known = (name, questions)
        if known not in self._teams:
            workflow = asking(self._catalog.workflow(name), questions)
            self._teams[known] = (workflow, self._build_team(workflow, self._overrides))
        return self._teams[known]

    def plan(
        self,
        document: Document,
        name: str | None,
        corrections: Sequence[Correction] = (),
        wanted: str = "",
        questions: tuple[str, ...] = (),
    ) -> DocumentPlan:
        """The plan of one document, cut as people corrected it; without a workflow's name, the one that fits it.

        Args:
            document: what is to be reviewed.
            name: id or file of a workflow, or None.
            corrections: of how the document was cut.
            wanted: id of the playbook to hold it against; empty: the one that fits it.
            questions: what to ask, where the workflow asks questions; none: those of its file.

        Raises:
            ConfigError: as from the catalogue; ``no_such_playbook`` where the workflow does not have the one wanted;
                ``no_questions`` where it asks questions, and there is none.
        """
        workflow, team = self.workflow(name or AUTO[self._library.detect(document)], questions)
        check_asked(workflow)
        sections = self._library.split(document, workflow.split.split_as, corrections)
        projection = project(document)
        document = _titled(document, sections, projection)
        notes_on_cut = (*layout_warnings(document), *section_warnings(sections))
        sections = cut_units(document, projection, sections, workflow.split)
        names = _playbooks_of(workflow, team)
        choice = self._playbook(names, document, projection.text, wanted)
        notes = choice.notes + (several_contracts(document, projection, sections) if names else ())
        items = make_items(document, projection, sections, workflow.split, self._languages.identify)
        notes = notes_on_cut + _languages_note(document, items) + notes
        document = replace(document, warnings=document.warnings + notes)
        citer, suspicious = Citer(document, projection), suspicious_findings(document, sections)
        splits = {each.id: each.split for each, _ in _nested(team)}
        within = items_within(document, projection, sections, splits, self._languages.identify)
        return DocumentPlan(
            document, projection, citer, sections, items, workflow, team, choice.playbook, suspicious, within=within
        )

    def _playbook(self, names: Sequence[str], document: Document, text: str, wanted: str) -> Choice:
        if wanted and names and wanted not in names:
            known = ", ".join(names)
            raise ConfigError("no_such_playbook", f"There is no playbook {wanted!r}.", f"Known are: {known}.")
        playbooks = [self._catalog.playbook(name) for name in names]
        return choose(playbooks, document, text, wanted) if playbooks else Choice(None)


def asking(workflow: Workflow, questions: tuple[str, ...]) -> Workflow:
    """A workflow that asks these questions in place of its own; as it is where there is none."""
    if not questions:
        return workflow
    handlers = tuple(
        replace(each, questions=questions) if each.uses == "answer" else each for each in workflow.handlers
    )
    return replace(workflow, handlers=handlers)


def check_asked(workflow: Workflow) -> None:
    """Raises ConfigError ``no_questions``: a handler has nothing to ask."""
    if any(each.uses == "answer" and not each.questions for each in workflow.handlers):
        raise ConfigError(
            "no_questions",
            f"{workflow.title} needs at least one question.",
            'Add --question "..." or --questions FILE (one a line), or keep them in a workflow file of your own.',
        )


def _playbooks_of(workflow: Workflow, team: Team) -> list[str]:
    """Ids of the playbooks that a workflow may apply, those of the workflows it hands items to behind its own."""
    names = _playbooks_of_one(workflow)
    return list(dict.fromkeys(names + [name for each, _ in _nested(team) for name in _playbooks_of_one(each)]))


def _playbooks_of_one(workflow: Workflow) -> list[str]:
    return [name for handler in workflow.handlers for name in handler.playbooks]


def _nested(team: Team) -> list[tuple[Workflow, Team]]:
    """The workflows that items are handed to, and those that these hand them to."""
    nested = [pair.nested for pair in team.handlers.values() if pair.nested]
    return [found for each in nested for found in (each, *_nested(each[1]))]


def _titled(document: Document, sections: tuple[Section, ...], seen: Projection) -> Document:
    """A document with the title that it prints; what a file claims is often a template's, and seen by nobody.

    Models are told the title, so that what the file claims counts only where readers see these words, too.
    """
    if document.source.media_type in _PAGES and document.metadata.get("title"):  # the first words are often a menu
        return document
    own = next((each.own for each in sections if each.kind is SectionKind.TITLE), TextSpan(0, 0))
    printed = seen.from_document(own).of(seen.text)
    title = " ".join(printed.strip().split("\n\n")[0].split())
    if not 0 < len(title) <= TITLE_CHARS:
        claimed = " ".join(document.title.split())
        title = claimed if claimed in " ".join(seen.text.split()) else ""
    return replace(document, metadata={**document.metadata, "title": title})


def _languages_note(document: Document, items: Sequence[Item]) -> tuple[DocumentWarning, ...]:
    """Tells of parts in other languages than the document's, where they are more than a quotation."""
    foreign = [item for item in items if item.language and item.language != document.language]
    if not document.language or sum(len(item.text) for item in foreign) <= _FOREIGN_SHARE * sum(
        len(item.text) for item in items
    ):
        return ()
    languages = ", ".join(sorted({item.language for item in foreign}))
    sentence = (
        f"Parts of the document are in other languages ({languages}); check how they were cut and what was found."
    )
    return (DocumentWarning("mixed_languages", sentence),)
