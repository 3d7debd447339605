"""Which text that a reader does not see belongs to which item, for runs whose user wants models to read it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from reviewer.domain.document import Block, Document, DocumentWarning, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.section import Section
from reviewer.domain.task import Item
from reviewer.domain.unseen import UNSEEN_TITLES, Unseen
from reviewer.engine.plan import DocumentPlan

INCLUDED = "hidden_text_included"
"""The code of the warning that models read it."""
MOST_CHARS = 20_000
"""Of one kind, for one item: about 5,000 tokens. Nobody shall make a part too long to be read by what nobody sees."""
_CALLED = {Visibility.HIDDEN: "hidden", Visibility.DELETED: "deleted", Visibility.COMMENT: "in comments"}


def with_unseen(plan: DocumentPlan) -> DocumentPlan:
    """A plan whose models are told what readers do not see, and whose document says so; as it is where all is seen.

    What is hidden belongs to the item that holds its place, else to the one before it, else to the first.
    """
    unseen = _told(plan, plan.items)
    if not unseen:
        return plan
    warnings = (*plan.document.warnings, _warning(unseen.values()))
    pieces: dict[str, tuple[Unseen, ...]] = {}
    for items in plan.within.values():
        pieces |= _told(plan, items)
    return replace(plan, document=replace(plan.document, warnings=warnings), unseen={**pieces, **unseen})


def _told(plan: DocumentPlan, items: Sequence[Item]) -> dict[str, tuple[Unseen, ...]]:
    found = _by_item(plan.document, plan.sections, items)
    return {name: _kinds(plan.document.text, blocks) for name, blocks in found.items()}


def _by_item(document: Document, sections: Sequence[Section], items: Sequence[Item]) -> dict[str, list[Block]]:
    """Blocks that nobody sees, by the name of their item, both in the order of the text."""
    found: dict[str, list[Block]] = defaultdict(list)
    if items:
        starts, holders = _holders(sections, items)
        for block in document.blocks:
            if block.visibility in UNSEEN_TITLES and block.span.of(document.text).strip():
                found[holders[bisect_right(starts, block.span.start)]].append(block)
    return found


def _holders(sections: Sequence[Section], items: Sequence[Item]) -> tuple[list[int], list[str]]:
    """Where each section's own text begins, in order; and which item holds what stands before, and behind each."""
    names = {item.name for item in items}
    above = {section.id: section.parent for section in sections}
    ordered = sorted(sections, key=lambda section: section.own.start)
    holders = [items[0].name]
    for section in ordered:
        holder: SectionId | None = section.id
        while holder is not None and holder not in names:
            holder = above[holder]
        holders.append(holder or holders[-1])
    return [section.own.start for section in ordered], holders


def _kinds(text: str, blocks: Sequence[Block]) -> tuple[Unseen, ...]:
    kinds = dict.fromkeys(block.visibility for block in blocks)
    told = {kind: "\n".join(each.span.of(text) for each in blocks if each.visibility is kind) for kind in kinds}
    return tuple(Unseen(kind, said[:MOST_CHARS], len(said) > MOST_CHARS) for kind, said in told.items())


def _warning(unseen: Collection[tuple[Unseen, ...]]) -> DocumentWarning:
    every = [each for kinds in unseen for each in kinds]
    count = sum(len(each.text) for each in every)
    said = (
        f"Models also read {count:,} characters that a reader does not see ({_listed(every)}), as this run's settings "
        "say. They are no evidence: a quote of them is not accepted."
    )
    if any(each.is_cut for each in every):
        said += f" Of each kind they read the first {MOST_CHARS:,} characters in each part."
    return DocumentWarning(INCLUDED, said)


def _listed(unseen: Sequence[Unseen]) -> str:
    return ", ".join(dict.fromkeys(_CALLED[each.visibility] for each in unseen))
