"""The samples are there, are what the script makes, and hold what the demo needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "resources" / "samples"
NAMES = (
    *("mutual-nda.docx", "paper-de.pdf", "paper-en.pdf"),
    *("services-agreement-returned.docx", "services-agreement.docx", "services-agreement.pdf"),
)
TEXTS = ("articles.txt", "brief.txt", "learners.txt", "questions.txt", "tickets.txt")
MAX_BYTES = 60_000


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def word_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    script = ROOT / "packaging" / "make_samples.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    return folder


def test_samples_are_exactly_these() -> None:
    assert tuple(sorted(path.name for path in SAMPLES.iterdir())) == tuple(sorted(NAMES + TEXTS))


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_small_and_of_its_format(name: str) -> None:
    data = (SAMPLES / name).read_bytes()

    assert len(data) < MAX_BYTES
    assert data.startswith(b"%PDF-" if name.endswith(".pdf") else b"PK\x03\x04")


@pytest.mark.parametrize("name", NAMES)
def test_script_makes_the_same_sample_again(name: str, made: Path) -> None:
    if name.endswith(".pdf"):
        assert pdf_text(made / name) == pdf_text(SAMPLES / name)
    else:
        assert word_parts(made / name) == word_parts(SAMPLES / name)


@pytest.mark.parametrize("name", TEXTS)
def test_script_makes_the_same_text_again(name: str, made: Path) -> None:
    assert (made / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_agreement_numbers_its_clauses_by_lists_in_word_and_in_print_as_text() -> None:
    word = word_parts(SAMPLES / "services-agreement.docx")
    printed = pdf_text(SAMPLES / "services-agreement.pdf")

    assert b'w:lvlText w:val="%1.%2"' in word["word/numbering.xml"]
    assert b">9.2<" not in word["word/document.xml"]
    assert "9.2" in printed
    assert "Subject to clause 9.1" in printed
    assert b"Subject to clause 9.1" in word["word/document.xml"]


def test_agreement_says_nothing_about_personal_data_and_insurance() -> None:
    printed = pdf_text(SAMPLES / "services-agreement.pdf").lower()

    assert "personal data" not in printed
    assert "data protection" not in printed
    assert "insur" not in printed


def test_samples_leave_no_reference_unfilled() -> None:
    for name in NAMES:
        text = (
            pdf_text(SAMPLES / name)
            if name.endswith(".pdf")
            else word_parts(SAMPLES / name)["word/document.xml"].decode()
        )
        assert "{liab" not in text
        assert "=}" not in text
