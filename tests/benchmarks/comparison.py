"""How many scripted edits a comparison finds, and how many it invents.

    python tests/benchmarks/comparison.py [--seed 1] [--details]

Reads ``contracts/cuad_dev60.jsonl`` of the shared documents. In copies of its contracts 200 words are changed, 50
sections are taken out, 50 moved and 50 given another number. The cut of the copy is that of the original, moved along,
so that the comparison alone is measured. Then 200 tracked and 50 untracked changes are made in a Word file that is
written here: what differs with the tracked ones rejected must be the 50, and nothing else.
"""

import argparse
import asyncio
import io
import json
import os
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.bootstrap import open_reader
from reviewer.domain.compare import compare
from reviewer.domain.comparison import Comparison, SectionFate
from reviewer.domain.document import Document, SourceFile
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.section_tree import Mark, build_tree
from reviewer.domain.version import Version
from reviewer.services.comparing import compare_files
from reviewer.services.container import Reader

DATA = Path(os.environ.get("REVIEWER_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
WANTED = {"word": 200, "deleted": 50, "moved": 50, "renumbered": 50}
MIN_WORDS = 10
TRACKED, UNTRACKED = 200, 50
NEW_WORDS = ("quartzite", "orchards", "harbours", "lanterns", "meadows", "granaries", "windmills", "ferries")


@dataclass
class Edited:
    """A contract with scripted edits: its pieces in their new order, and what was done to them.

    Attributes:
        done: kind, and the old place of the section or the new word.
        passed: for each moved section the old places of those it was moved past. To move one past two others is to
            move the two the other way; whichever is less text may be told.
    """

    pieces: list[tuple[Mark, str]]
    done: list[tuple[str, str]] = field(default_factory=list)
    passed: dict[str, set[str]] = field(default_factory=dict)


def edited(
    text: str, sections: Sequence[Section], rng: random.Random, wanted: Counter[str]
) -> tuple[Edited, list[Mark]]:
    """Edits as many sections as are still wanted, at most one edit in each and a third of all.

    Not those whose sentences another section repeats: which of two equal ones went, nobody can tell.
    """
    marks = [Mark(each.own.start, each.kind, each.level, each.number, each.heading) for each in sections]
    owns = [each.own.of(text) for each in sections]
    pieces = [(mark, own) for mark, own in zip(marks, owns, strict=True)]
    parents = {each.parent for each in sections}
    leaves = [
        index
        for index, each in enumerate(sections)
        if each.id not in parents and each.kind is SectionKind.CLAUSE and len(owns[index].split()) >= MIN_WORDS
    ]
    sentences = Counter(each for own in owns for each in _sentences(own))
    leaves = [index for index in leaves if all(sentences[each] == 1 for each in _sentences(owns[index]))]
    rng.shuffle(leaves)
    result = Edited(list(pieces))
    for index in leaves[: len(sections) // 3]:
        kinds = [kind for kind, count in WANTED.items() if wanted[kind] < count]
        if not kinds:
            break
        kind = rng.choice(kinds)
        mark, own = pieces[index]
        if _edit(kind, mark, own, result, rng):
            wanted[kind] += 1
    return result


def _sentences(own: str) -> set[str]:
    """The sentences of a section without its number; not those of a few words, such as page feet."""
    plain = (" ".join(each.split()[-12:]) for each in re.split(r"(?<=[.;])\s", own))
    return {each for each in plain if len(each.split()) >= MIN_WORDS}


def _edit(kind: str, mark: Mark, own: str, result: Edited, rng: random.Random) -> bool:
    at = result.pieces.index((mark, own))
    if kind == "deleted":
        result.pieces.pop(at)
        result.done.append((kind, str(mark.start)))
    elif kind == "moved":
        piece = result.pieces.pop(at)
        places = [
            each
            for each in range(len(result.pieces))
            if abs(each - at) > 3 and result.pieces[each][0].level == mark.level
        ]
        if not places:
            result.pieces.insert(at, piece)
            return False
        to = rng.choice(places)
        result.pieces.insert(to, piece)
        result.passed[str(mark.start)] = {str(each.start) for each, _ in result.pieces[min(at, to) : max(at, to) + 1]}
        result.done.append((kind, str(mark.start)))
    elif kind == "renumbered":
        number = re.match(rf"\s*{re.escape(mark.number)}", own)
        if not mark.number or number is None:
            return False
        new = f"{rng.randint(300, 399)}"
        renamed = Mark(mark.start, mark.kind, mark.level, new, mark.heading)
        result.pieces[at] = (renamed, own[: number.end() - len(mark.number)] + new + own[number.end() :])
        result.done.append((kind, str(mark.start)))
    else:
        words = list(re.finditer(r"(?<= )[a-z]{5,}(?= )", own))
        if not words:
            return False
        word, new = rng.choice(words), f"{rng.choice(NEW_WORDS)}{rng.randint(10, 99)}x"
        result.pieces[at] = (mark, own[: word.start()] + new + own[word.end() :])
        result.done.append((kind, new))
    return True


def versions(
    reader: Reader, document: Document, sections: Sequence[Section], result: Edited
) -> tuple[Version, Version]:
    """The contract as it was, and as it was edited."""
    text, marks = "", []
    for mark, own in result.pieces:
        marks.append(Mark(len(text), mark.kind, mark.level, mark.number, mark.heading))
        text += own
    new = asyncio.run(reader.library.read(SourceFile("new.txt", text.encode())))
    projection = project(new)
    if projection.text != text:  # the parser trims what it must; places move along
        marks = [
            Mark(min(each.start, len(projection.text)), each.kind, each.level, each.number, each.heading)
            for each in marks
        ]
    old = Version(document, project(document), sections)
    return old, Version(new, projection, build_tree(new, projection, marks))


def judged(result: Edited, comparison: Comparison) -> tuple[Counter[str], list[str]]:
    """How many edits of each kind were found, and what was found that nobody did."""
    found: Counter[str] = Counter()
    planted = set(result.done)
    invented = []
    words = {word for kind, word in planted if kind == "word"}
    for change in comparison.changes:
        hit = next((word for word in words if word in change.new_words), None)
        if hit and len(change.new_words.split()) == 1:
            found["word"] += 1
        else:
            invented.append(f"{change.old_words!r} -> {change.new_words!r}")
    told = {
        (kind, str(fate.old.own.start) if fate.old else "") for fate in comparison.sections for kind in _flags(fate)
    }
    found += Counter(kind for kind, _ in told & planted)
    for kind, place in told - planted:
        past = [each for each, passed in result.passed.items() if kind == "moved" and place in passed]
        instead = next((each for each in past if ("moved", each) not in told), None)
        if not past:
            invented.append(f"{kind} at {place}")
        elif instead is not None:
            told.add(("moved", instead))
            found["moved"] += 1
    return found, invented


def _flags(fate: SectionFate) -> list[str]:
    flags = {"deleted": fate.is_deleted, "moved": fate.is_moved, "renumbered": fate.is_renumbered}
    return [kind for kind, is_so in (flags | {"inserted": fate.is_inserted}).items() if is_so]


def scripted(reader: Reader, options: argparse.Namespace) -> None:
    """Edits contracts until every kind was done as often as wanted; prints what was found."""
    rows = [
        json.loads(line)["text"] for line in (DATA / "contracts" / "cuad_dev60.jsonl").read_text("utf-8").splitlines()
    ]
    rng = random.Random(options.seed)
    rng.shuffle(rows)
    wanted, found, invented = Counter[str](), Counter[str](), []
    for row in rows:
        if all(wanted[kind] >= count for kind, count in WANTED.items()):
            break
        document = asyncio.run(reader.library.read(SourceFile("old.txt", row.encode())))
        sections = reader.library.split(document, reader.library.detect(document))
        if project(document).text != document.text:
            continue
        result = edited(document.text, sections, rng, wanted)
        old, new = versions(reader, document, sections, result)
        hits, others = judged(result, compare(old, new))
        found += hits
        invented += others
        missed = Counter(kind for kind, _ in result.done) - hits
        if options.details and (missed or others):
            print(f"  missed {dict(missed)}; invented {others[:4]}")
    for kind, count in wanted.items():
        print(f"{kind:12} {found[kind]:3} of {count:3}")
    print(f"invented: {len(invented)}")


_WORD_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/>'
    "</Relationships>"
)


def contracts() -> list[str]:
    """The texts of the shared contracts."""
    lines = (DATA / "contracts" / "cuad_dev60.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def word_file(paragraphs: Sequence[str]) -> bytes:
    """A Word file of paragraphs that are given as the XML of their runs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", _WORD_XML.format("".join(f"<w:p>{each}</w:p>" for each in paragraphs)))
    return buffer.getvalue()


def run(text: str, mark: str = "t") -> str:
    """A run of text; ``delText`` for what is deleted."""
    return f'<w:r><w:{mark} xml:space="preserve">{escape(text)}</w:{mark}></w:r>' if text else ""


def tracked(number: int, old: str, new: str) -> str:
    """One word deleted and another inserted, tracked."""
    by = f'w:id="{number}" w:author="Them" w:date="2026-01-01T00:00:00Z"'
    return f"<w:del {by}>{run(old, 'delText')}</w:del><w:ins {by}>{run(new)}</w:ins>"


def honesty(reader: Reader, options: argparse.Namespace) -> None:
    """Hides untracked changes among tracked ones in a Word file; prints which were found."""
    rows = [
        json.loads(line)["text"] for line in (DATA / "contracts" / "cuad_dev60.jsonl").read_text("utf-8").splitlines()
    ]
    text = max(rows, key=len)
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip()]
    rng = random.Random(options.seed)
    fit = [index for index, each in enumerate(paragraphs) if re.search(r" [a-z]{5,} .* [a-z]{5,} .* [a-z]{5,} ", each)]
    sent = word_file([run(each) for each in paragraphs])
    planted: list[str] = []
    spots: dict[int, list[tuple[int, int, bool]]] = {}
    number = 0
    while number < TRACKED + UNTRACKED:
        index = rng.choice(fit)
        words = [each.span() for each in re.finditer(r"(?<= )[a-z]{5,}(?= )", paragraphs[index])]
        taken = spots.setdefault(index, [])
        free = [each for each in words if all(abs(each[0] - start) > 25 for start, _, _ in taken)]
        if free:
            taken.append((*rng.choice(free), number < TRACKED))
            number += 1
    received = []
    for index, paragraph in enumerate(paragraphs):
        xml, last = "", 0
        for start, end, is_tracked in sorted(spots.get(index, ())):
            new = f"{rng.choice(NEW_WORDS)}{len(planted)}q{start}"
            if is_tracked:
                xml += run(paragraph[last:start]) + tracked(start, paragraph[start:end], new)
            else:
                planted.append(new)
                xml += run(paragraph[last:start] + new)
            last = end
        received.append(xml + run(paragraph[last:]))
    found = asyncio.run(
        compare_files(reader.library, SourceFile("sent.docx", sent), SourceFile("got.docx", word_file(received)))
    )
    if found.untracked is None:
        print("tracked changes were not seen")
        return
    hits = {word for word in planted for change in found.untracked.changes if word == change.new_words}
    others = [change for change in found.untracked.changes if change.new_words not in planted]
    flags = [fate for fate in found.untracked.sections if not (fate.is_same or fate.is_changed)]
    count = sum(is_tracked for each in spots.values() for _, _, is_tracked in each)
    print(
        f"untracked    {len(hits):3} of {len(planted):3} among {count} tracked ones; "
        f"invented: {len(others) + len(flags)}"
    )
    for each in others[:5] if options.details else ():
        print(f"  {each.old_words!r} -> {each.new_words!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Edits, compares and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", action="store_true", help="print what was missed and invented")
    options = parser.parse_args(arguments)
    if not (DATA / "contracts" / "cuad_dev60.jsonl").exists():
        print("skipped: cuad_dev60.jsonl of the shared documents is not here")
        return 0
    with open_reader() as reader:
        scripted(reader, options)
        honesty(reader, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
