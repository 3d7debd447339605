"""Writes the sample documents under resources/samples from the texts under packaging/samples.

``python packaging/make_samples.py [FOLDER]``. The same texts give the same bytes with the same library versions: no
clock, no randomness, fixed dates.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from samples.plain import PlainText
from samples.printed import ENGLISH, GERMAN, ContractInPdf, PaperInPdf
from samples.second_version import second_version
from samples.source import read_source
from samples.word import ContractInWord

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "packaging" / "samples"
PLAIN = ("brief", "tickets", "articles", "learners", "questions")
TARGET = ROOT / "resources" / "samples"


def write_all(target: Path) -> Iterator[Path]:
    """Writes every sample into a folder and gives the paths."""
    target.mkdir(parents=True, exist_ok=True)
    agreement = read_source(SOURCES / "services-agreement.txt")
    writers: dict[str, ContractInWord | ContractInPdf | PaperInPdf | PlainText] = {
        "services-agreement.docx": ContractInWord(agreement, linked=True),
        "services-agreement-returned.docx": ContractInWord(second_version(agreement), linked=True),
        "services-agreement.pdf": ContractInPdf(agreement),
        "mutual-nda.docx": ContractInWord(read_source(SOURCES / "mutual-nda.txt"), linked=False),
        "paper-en.pdf": PaperInPdf(read_source(SOURCES / "paper-en.txt"), ENGLISH),
        **{f"{name}.txt": PlainText(SOURCES / f"{name}.txt") for name in PLAIN},
        "paper-de.pdf": PaperInPdf(read_source(SOURCES / "paper-de.txt"), GERMAN),
    }
    for name, writer in writers.items():
        writer.write(target / name)
        yield target / name


if __name__ == "__main__":
    for written in write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET):
        print(f"{written.name}: {written.stat().st_size:,} bytes")
