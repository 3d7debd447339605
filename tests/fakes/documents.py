"""Small documents, sections, workflows, playbooks and plans."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citer import Citer
from reviewer.domain.document import Block, Document, Page, Source
from reviewer.domain.ids import DocumentId, SectionId, sha256_hex
from reviewer.domain.outcome import Severity
from reviewer.domain.playbook import Playbook, Position, Signals
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.domain.workflow import (
    Aggregation,
    HandlerNode,
    RouteMethod,
    RouteNode,
    RouterNode,
    SplitNode,
    SynthesisNode,
    Workflow,
)
from reviewer.engine.items import make_items
from reviewer.engine.plan import DocumentPlan, Team

CLAUSES = (
    "1 Fees\nThe Customer shall pay within 30 days.\n",
    "2 Liability\nThe Supplier is liable without limit.\n",
    "3 Term\nThis agreement runs for two years.\n",
)


def make_document(text: str = "".join(CLAUSES), name: str = "contract.txt", **changes: object) -> Document:
    """A document of one visible block a line."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        blocks.append(Block(TextSpan(start, start + len(line.rstrip("\n")))))
        start += len(line)
    digest = sha256_hex(text)
    document = Document(
        DocumentId(f"doc-{digest[:16]}"), Source(name, "text/plain", digest, len(text)), text, tuple(blocks), (), "en"
    )
    return replace(document, **changes)  # type: ignore[arg-type]  # the fields are named by each test


def paged(document: Document) -> Document:
    """The same document on one page without geometry."""
    blocks = tuple(replace(block, page=1) for block in document.blocks)
    return replace(document, blocks=blocks, pages=(Page(1, 595.0, 842.0),))


def make_sections(parts: Sequence[str], kind: SectionKind = SectionKind.CLAUSE) -> tuple[Section, ...]:
    """Top-level sections that tile the concatenated parts; a heading is a part's first line without its number."""
    sections, start = [], 0
    for index, part in enumerate(parts):
        number, _, heading = part.partition("\n")[0].partition(" ")
        span = TextSpan(start, start + len(part))
        sections.append(Section(SectionId(f"s{index + 1}"), kind, number, heading, 1, None, span, span))
        start = span.end
    return tuple(sections)


def make_position(position_id: str = "liability", **changes: object) -> Position:
    """A position with signals of its own name."""
    position = Position(
        id=position_id,
        title=position_id.capitalize(),
        question=f"Says something about {position_id}.",
        category="",
        signals=Signals((position_id,), (rf"\b{position_id}\b",)),
        tests=(),
        preferred=f"good {position_id}",
        wording=f"The {position_id} shall be good.",
        fallbacks=(),
        walk_away="none at all",
        severity=Severity.HIGH,
        missing_severity=Severity.MEDIUM,
        if_missing=f"Nothing about {position_id}.",
        guidance="",
        approver="Head of Legal",
    )
    return replace(position, **changes)  # type: ignore[arg-type]  # the fields are named by each test


def make_playbook(*positions: Position) -> Playbook:
    """A playbook of these positions, else of liability alone."""
    return Playbook(
        "book",
        1,
        "Test book",
        "test contracts",
        "customer",
        "none",
        ("en",),
        Signals(),
        positions or (make_position(),),
    )


ASSESS = HandlerNode("assess", "assess", votes=3, quorum=2, prompt="assess", playbooks=("book",))
LABEL = HandlerNode("label", "label")
SUMMARIZE = HandlerNode("summarize", "summarize", prompt="summarize")
TRANSLATE = HandlerNode("translate", "translate", prompt="translate")


def make_workflow(
    *handlers: HandlerNode,
    methods: tuple[RouteMethod, ...] = (RouteMethod.RULES,),
    synthesis: SynthesisNode | None = None,
    split: SplitNode | None = None,
    **changes: object,
) -> Workflow:
    """A workflow whose route ``main`` goes to the handlers (else to an assessment), ``skip`` to none."""
    nodes = handlers or (ASSESS,)
    workflow = Workflow(
        id="flow",
        version=1,
        title="Flow",
        description="For tests.",
        split=split or SplitNode(SplitAs.CONTRACT),
        router=RouterNode(methods, 0.6, "main"),
        routes=(
            RouteNode("main", "Everything.", tuple(node.id for node in nodes)),
            RouteNode("skip", "Nothing.", ()),
        ),
        handlers=nodes,
        aggregate=Aggregation.POSITIONS,
        synthesis=synthesis,
        digest="flow-digest",
    )
    return replace(workflow, **changes)  # type: ignore[arg-type]  # the fields are named by each test


def make_plan(
    team: Team,
    parts: Sequence[str] = CLAUSES,
    workflow: Workflow | None = None,
    playbook: Playbook | None = None,
    name: str = "contract.txt",
) -> DocumentPlan:
    """The plan of a document whose sections are the parts; its language is never asked for."""
    document = make_document("".join(parts), name)
    sections = make_sections(parts)
    projection = project(document)
    workflow = workflow or make_workflow()
    items = make_items(document, projection, sections, workflow.split, lambda text: ("", 0.0))
    return DocumentPlan(document, projection, Citer(document, projection), sections, items, workflow, team, playbook)
