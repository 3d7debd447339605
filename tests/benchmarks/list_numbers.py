"""List numbers of real Word documents against those that LibreOffice prints: agreement per file, each disagreement.

Run from the repository's root: ``python tests/benchmarks/list_numbers.py [--show NAME] [FOLDER]``. Needs ``soffice``
and is no test of right or wrong: where the two differ, the rules of ECMA-376 part 1, 17.9 decide.

A paragraph counts where its words were found in LibreOffice's text and either side has a number before them. Signs of
unnumbered lists count as equal whatever they look like.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.document import Document, Source
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.parsing.docx import read_docx
from reviewer.parsing.paragraphs import read_paragraphs

DATA = Path(os.environ.get("REVIEWER_SHARED_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
HEAD = 40
LONGEST_LABEL = 40
AHEAD = 300
TIMEOUT_S = 600


@dataclass(frozen=True)
class Pair:
    """A paragraph's first words, our number and LibreOffice's; empty where there is none."""

    words: str
    ours: str
    theirs: str

    @property
    def agrees(self) -> bool:
        """The same number, or a sign without letters and digits on both sides."""
        if self.ours == self.theirs:
            return True
        is_sign = [each and not any(map(str.isalnum, each.replace("o", ""))) for each in (self.ours, self.theirs)]
        return all(is_sign)


def rendered(paths: Sequence[Path], folder: Path) -> dict[str, list[str]]:
    """The lines LibreOffice prints for each document, by the document's name without its ending."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice (soffice) is not installed.")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, timeout=TIMEOUT_S, capture_output=True)
    texts = {path.stem: folder / f"{path.stem}.txt" for path in paths}
    return {name: lines(text.read_text("utf-8-sig")) for name, text in texts.items() if text.exists()}


def lines(text: str) -> list[str]:
    """Lines with single spaces, empty ones left out."""
    return [line for line in (" ".join(each.split()) for each in text.split("\n")) if line]


def numbered(path: Path) -> list[tuple[str, str]]:
    """First words and number of each paragraph that a reader sees."""
    reading = read_docx(path.read_bytes(), lambda _page, _pages: None)
    document = Document(DocumentId("doc"), Source(path.name, "", "", 0), reading.text, reading.blocks)
    found = [(lines(each.text), each.number or "") for each in read_paragraphs(document, project(document))]
    return [(words[0][:HEAD], number) for words, number in found if words]


def pairs(ours: Sequence[tuple[str, str]], theirs: Sequence[str]) -> Iterator[Pair]:
    """Each paragraph that is found among the lines, behind the one before."""
    at = 0
    for words, number in ours:
        for index in range(at, min(at + AHEAD, len(theirs))):
            place = theirs[index].find(words)
            if 0 <= place <= LONGEST_LABEL:
                yield Pair(words, number, theirs[index][:place].strip())
                at = index + 1
                break


def main() -> int:
    """Prints the agreement; 0 unless nothing could be compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DATA / "contracts")
    parser.add_argument("--show", default="", help="print all pairs of the documents with this in their names")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*.docx"))
    if not paths:
        raise SystemExit(f"There are no Word documents in {arguments.folder}.")
    same = total = 0
    with tempfile.TemporaryDirectory() as temporary:
        texts = rendered(paths, Path(temporary))
    for path in paths:
        ours = numbered(path)
        found = list(pairs(ours, texts.get(path.stem, [])))
        counted = [pair for pair in found if pair.ours or pair.theirs]
        agreeing = sum(pair.agrees for pair in counted)
        print(f"{agreeing:5} of {len(counted):5}  {path.name} ({len(found)} of {len(ours)} paragraphs found)")
        for pair in counted:
            if not pair.agrees or (arguments.show and arguments.show in path.name):
                sign = "=" if pair.agrees else "!"
                print(f"       {sign} ours {pair.ours!r}, LibreOffice {pair.theirs!r}: {pair.words}")
        same, total = same + agreeing, total + len(counted)
    print(f"{same} of {total} numbers agree" + (f" ({same / total:.1%})" if total else ""))
    return 0 if total else 1


if __name__ == "__main__":
    sys.exit(main())
