"""Comparing two versions of a document, and holding a received one against what was sent."""

import asyncio
from dataclasses import dataclass

from reviewer.domain.changes import changes
from reviewer.domain.compare import compare
from reviewer.domain.comparison import Comparison
from reviewer.domain.correction import Correction
from reviewer.domain.document import Document, SourceFile
from reviewer.domain.projection import View, project
from reviewer.domain.section import Section, SplitAs
from reviewer.domain.version import Version
from reviewer.services.library import Library


@dataclass(frozen=True, slots=True)
class ComparedVersions:
    """Two versions and what differs.

    Attributes:
        comparison: the old one as it reads against the new one with its tracked changes accepted.
        untracked: the same against the new one with its tracked changes rejected: what differs there, nobody tracked.
            None where the new version has no tracked changes, so that there is nothing to be honest about.
    """

    old: Document
    new: Document
    comparison: Comparison
    untracked: Comparison | None = None


async def compare_files(
    library: Library, old: SourceFile, new: SourceFile, split_as: SplitAs = SplitAs.AUTO
) -> ComparedVersions:
    """Reads two files, of whatever formats, and compares them.

    Raises:
        InputError: one of them cannot be read.
    """
    return await compare_documents(library, await library.read(old), await library.read(new), split_as)


async def compare_documents(
    library: Library, old: Document, new: Document, split_as: SplitAs = SplitAs.AUTO
) -> ComparedVersions:
    """Compares two documents that were read, cut as people corrected them.

    Raises:
        StorageError: the corrections cannot be read.
    """
    corrections = await library.corrections(old.id), await library.corrections(new.id)
    return await asyncio.to_thread(_compared, library, old, new, split_as, corrections)


def _compared(
    library: Library,
    old: Document,
    new: Document,
    split_as: SplitAs,
    corrections: tuple[tuple[Correction, ...], tuple[Correction, ...]],
) -> ComparedVersions:
    kind = library.detect(new) if split_as is SplitAs.AUTO else split_as
    before = _version(old, library.split(old, kind, corrections[0]), View.VISIBLE)
    sections = library.split(new, kind, corrections[1])
    comparison = compare(before, _version(new, sections, View.VISIBLE))
    if not any(True for _ in changes(new)):
        return ComparedVersions(old, new, comparison)
    return ComparedVersions(old, new, comparison, compare(before, _version(new, sections, View.ORIGINAL)))


def _version(document: Document, sections: tuple[Section, ...], view: View) -> Version:
    return Version(document, project(document, view), sections)
