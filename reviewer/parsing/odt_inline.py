"""The characters of one OpenDocument paragraph: who sees them, how they are set, and what hangs on them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.domain.document import Visibility
from reviewer.parsing.block_writer import Piece
from reviewer.parsing.inline_text import InlineText
from reviewer.parsing.odt_names import DRAW, OFFICE, TEXT
from reviewer.parsing.odt_styles import OdtFormat, OdtStyles, integer
from reviewer.parsing.zip_parts import Element

_MAX_SPACES = 1000
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_BETWEEN_PARAGRAPHS = "\n\n"
_CHARACTERS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_NOT_READ = {TEXT + "ruby-text", TEXT + "number", OFFICE + "annotation-end", TEXT + "hidden-paragraph", TEXT + "script"}


class Changes:
    """Tracked changes of a part: what was deleted, by the id of the change, and the ids of insertions."""

    def __init__(self, root: Element) -> None:
        self.deletions: dict[str, Element] = {}
        self.insertions: set[str] = set()
        for region in root.iter(TEXT + "changed-region"):
            name = region.get(TEXT + "id", "")
            for change in region:
                if change.tag == TEXT + "deletion":
                    self.deletions[name] = change
                elif change.tag == TEXT + "insertion":
                    self.insertions.add(name)


@dataclass(frozen=True, slots=True)
class Note:
    """A foot- or endnote: its printed number, its content, and whether its mark is deleted."""

    is_endnote: bool
    number: str
    body: Element
    deleted: bool


@dataclass(slots=True)
class Inline:
    """What a paragraph holds.

    Attributes:
        formats: format and number of visible characters, for each run.
        notes: in the order of their marks.
        comments: annotations.
        drawings: frames and shapes anchored here.
    """

    pieces: list[Piece] = field(default_factory=list)
    formats: list[tuple[OdtFormat, int]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """How characters are set and whether they are deleted."""

    shown_as: OdtFormat
    hidden: bool
    deleted: bool

    @property
    def is_unseen(self) -> bool:
        """Hidden, tiny, or in the colour of the paper."""
        return self.hidden or self.shown_as.is_unseen


class InlineReader:
    """Reads the paragraphs of one story in order; tracked insertions may reach over several of them.

    Args:
        styles: the part's styles.
        changes: the part's tracked changes.
        story: who sees plain characters of this story.
        tick: called once for each paragraph and span.
    """

    def __init__(self, styles: OdtStyles, changes: Changes, story: Visibility, tick: Callable[[], None]) -> None:
        self._styles = styles
        self._changes = changes
        self._story = story
        self._tick = tick
        self._open: set[str] = set()
        self._text = InlineText()

    def read(self, paragraph: Element, layout: OdtFormat, *, hidden: bool, deleted: bool) -> Inline:
        """The content of a ``text:p`` or ``text:h``."""
        inline = Inline()
        self._content(paragraph, inline, _Run(layout, hidden, deleted))
        inline.pieces = self._text.take()
        return inline

    def mark(self, element: Element) -> None:
        """Notes where a tracked insertion begins or ends."""
        name = element.get(TEXT + "change-id", "")
        if element.tag == TEXT + "change-end":
            self._open.discard(name)
        elif name in self._changes.insertions:
            self._open.add(name)

    def visibility(self, *, hidden: bool, deleted: bool) -> Visibility:
        """Who sees characters at this place that are set so."""
        if deleted:
            return Visibility.DELETED
        if hidden:
            return Visibility.HIDDEN
        if self._story is not Visibility.VISIBLE:
            return self._story
        return Visibility.INSERTED if self._open else Visibility.VISIBLE

    def _content(self, parent: Element, inline: Inline, run: _Run) -> None:
        self._tick()
        self._flow(parent.text, inline, run)
        for child in parent:
            self._child(child, inline, run)
            self._flow(child.tail, inline, run)

    def _child(self, child: Element, inline: Inline, run: _Run) -> None:
        tag = child.tag
        if tag == TEXT + "span":
            own = self._styles.format("text", child.get(TEXT + "style-name", ""))
            self._content(child, inline, _Run(own.over(run.shown_as), run.hidden or bool(own.hidden), run.deleted))
        elif tag == TEXT + "s":
            self._keep(" " * min(_MAX_SPACES, max(0, integer(child.get(TEXT + "c"), 1))), run)
        elif tag in _CHARACTERS:
            self._keep(_CHARACTERS[tag], run)
        elif tag in {TEXT + "change-start", TEXT + "change-end"}:
            self.mark(child)
        elif tag == TEXT + "change":
            self._deleted(child, inline, run)
        elif tag == TEXT + "hidden-text" and child.get(TEXT + "is-hidden") != "false":
            self._keep(child.get(TEXT + "string-value", ""), _Run(run.shown_as, hidden=True, deleted=run.deleted))
        elif tag not in _NOT_READ and not self._hangs(child, inline, run):
            self._content(child, inline, run)

    def _hangs(self, child: Element, inline: Inline, run: _Run) -> bool:
        """Takes what is no text of the paragraph; remarks and drawings on deleted words are gone with them."""
        if child.tag == TEXT + "note":
            body = child.find(TEXT + "note-body")
            if body is not None:
                number = (child.findtext(TEXT + "note-citation") or "").strip()
                inline.notes.append(Note(child.get(TEXT + "note-class") == "endnote", number, body, run.deleted))
        elif child.tag == OFFICE + "annotation":
            if not run.deleted:
                inline.comments.append(child)
        elif child.tag.startswith(DRAW):
            if not run.deleted:
                inline.drawings.append(child)
        else:
            return not child.tag.startswith(TEXT)
        return True

    def _deleted(self, mark: Element, inline: Inline, run: _Run) -> None:
        deletion = self._changes.deletions.get(mark.get(TEXT + "change-id", ""))
        if deletion is None or run.deleted:
            return
        gone = _Run(run.shown_as, run.hidden, deleted=True)
        for index, paragraph in enumerate(deletion.iter(*_PARAGRAPHS)):
            if index:
                self._keep(_BETWEEN_PARAGRAPHS, gone)
            self._content(paragraph, inline, gone)

    def _flow(self, text: str | None, inline: Inline, run: _Run) -> None:
        if text:
            visibility = self.visibility(hidden=run.is_unseen, deleted=run.deleted)
            self._text.flow(text, visibility)
            if visibility not in {Visibility.DELETED, Visibility.HIDDEN}:
                inline.formats.append((run.shown_as, len(text) - text.count(" ")))

    def _keep(self, text: str, run: _Run) -> None:
        self._text.keep(text, self.visibility(hidden=run.is_unseen, deleted=run.deleted))
