"""The isolated parser: worker processes come, go, crash and hang without the program noticing."""

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fpdf import FPDF

from reviewer.domain.document import SourceFile
from reviewer.domain.errors import InputError
from reviewer.domain.ids import content_id, sha256_hex
from reviewer.domain.projection import project
from reviewer.parsing import isolation, process
from reviewer.parsing.isolation import TimeBudget
from reviewer.parsing.messages import Message, PageRead, decode_message
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.sniff import FileKind
from tests.unit.parsing.odt_files import odt_file
from tests.unit.parsing.odt_files import p as odt_p
from tests.unit.parsing.word_files import p as word_p
from tests.unit.parsing.word_files import word_file

_ANY_PDF = b"%PDF-1.4 not looked into"
_MakeParser = Callable[..., IsolatedDocumentParser]


@pytest.fixture
def make_parser() -> Iterator[_MakeParser]:
    parsers: list[IsolatedDocumentParser] = []

    def make(reader: str = "", **options: object) -> IsolatedDocumentParser:
        name = {"reader_name": f"tests.unit.parsing.misbehaving:{reader}"} if reader else {}
        parsers.append(IsolatedDocumentParser(**name, **options))  # type: ignore[arg-type]
        return parsers[-1]

    yield make
    for parser in parsers:
        parser.close()
    assert not [child for child in multiprocessing.active_children() if child.name == "reviewer-parser"]


def _pdf(*lines: str) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for line in lines:
        pdf.multi_cell(0, 6, line)
        pdf.ln(4)
    return bytes(pdf.output())


def _code(parser: IsolatedDocumentParser, data: bytes = _ANY_PDF, name: str = "a.pdf") -> str:
    with pytest.raises(InputError) as caught:
        parser.parse(SourceFile(name, data))
    assert caught.value.user_message.endswith(".")
    assert caught.value.hint.endswith(".")
    return caught.value.code


def test_parser_reads_a_pdf_into_a_document(make_parser: _MakeParser) -> None:
    data = _pdf("The first paragraph.", "The second paragraph.")
    document = make_parser().parse(SourceFile("a.pdf", data))
    assert document.text == "The first paragraph.\n\nThe second paragraph."
    assert document.id == content_id("doc", sha256_hex(data))
    assert document.source.media_type == "application/pdf"
    assert document.source.size_bytes == len(data)
    assert document.language == ""
    assert project(document).text == document.text


def test_parser_reads_text_without_a_worker(make_parser: _MakeParser) -> None:
    document = make_parser("abort").parse(SourceFile("a.txt", b"Plain."))
    assert document.text == "Plain."
    assert document.source.media_type == "text/plain"


def test_parser_uses_a_worker_again_for_the_next_document(make_parser: _MakeParser) -> None:
    parser = make_parser("hang_on_request")
    pids = {parser.parse(SourceFile("a.pdf", _ANY_PDF)).text for _ in range(3)}
    assert len(pids) == 1
    assert pids != {str(os.getpid())}


def test_parser_survives_a_crash_and_starts_a_new_worker(make_parser: _MakeParser) -> None:
    parser = make_parser("abort", max_workers=1)
    assert _code(parser, _ANY_PDF + b"1") == OutcomeCode.ENGINE_CRASH
    assert _code(parser, _ANY_PDF + b"2") == OutcomeCode.ENGINE_CRASH


def test_parser_tries_a_crashed_file_once_more_and_then_leaves_it_alone(
    make_parser: _MakeParser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parser = make_parser("abort")
    started: list[object] = []
    read = parser._pool.read
    monkeypatch.setattr(parser._pool, "read", lambda order: started.append(order) or read(order))
    assert _code(parser) == OutcomeCode.ENGINE_CRASH
    assert len(started) == 2
    assert _code(parser) == OutcomeCode.QUARANTINED
    assert len(started) == 2


def test_parser_reads_a_file_whose_first_reader_crashed(make_parser: _MakeParser) -> None:
    parser = make_parser("abort_at_second_document", max_workers=1)
    assert [parser.parse(SourceFile("a.pdf", _ANY_PDF + bytes([each]))).text for each in range(3)] == ["read"] * 3


def test_parser_ends_a_worker_that_takes_too_much_memory(
    make_parser: _MakeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MAX_MEMORY", 1024 * 1024)  # any Python process has more
    assert _code(make_parser("hang")) == OutcomeCode.MEMORY


def test_parser_reports_a_crash_when_the_reader_raises_what_nobody_foresaw(make_parser: _MakeParser) -> None:
    assert _code(make_parser("raise_untyped")) == OutcomeCode.ENGINE_CRASH


def test_parser_stops_a_worker_that_makes_no_progress(make_parser: _MakeParser) -> None:
    parser = make_parser("hang", budget=TimeBudget(page_s=0.2))
    assert _code(parser) == OutcomeCode.TIMEOUT


def test_parser_reads_on_after_a_timeout(make_parser: _MakeParser) -> None:
    parser = make_parser("hang_on_request", max_workers=1, budget=TimeBudget(first_page_s=1.0))
    before = parser.parse(SourceFile("a.pdf", _ANY_PDF)).text
    assert _code(parser, b"%PDF-1.4 hang") == OutcomeCode.TIMEOUT
    assert parser.parse(SourceFile("a.pdf", _ANY_PDF)).text != before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces the limit on address space")
def test_parser_reports_memory_when_a_worker_reaches_its_limit(make_parser: _MakeParser) -> None:
    parser = make_parser("exhaust_memory", max_workers=1)
    assert _code(parser) == OutcomeCode.MEMORY
    assert _code(parser) == OutcomeCode.MEMORY


def test_parser_passes_on_a_refusal_and_keeps_the_worker(make_parser: _MakeParser) -> None:
    assert _code(make_parser("refuse")) == OutcomeCode.DTD_REFUSED


def test_parser_does_not_believe_a_reply_that_contradicts_itself(make_parser: _MakeParser) -> None:
    assert _code(make_parser("lie_about_blocks")) == OutcomeCode.ENGINE_CRASH


def test_parser_refuses_a_reply_that_is_too_long(make_parser: _MakeParser) -> None:
    assert _code(make_parser("say_too_much")) == OutcomeCode.TOO_BIG


def test_worker_has_no_way_out(make_parser: _MakeParser, tmp_path: Path) -> None:
    target = tmp_path / "written"
    (tmp_path / "written.pdf").write_bytes(_ANY_PDF)
    document = make_parser("try_doors").parse(SourceFile("a.pdf", b"%PDF-" + str(target).encode()))
    assert document.text == "library"  # loading more of Python itself is all that is left
    assert not target.exists()


def test_worker_output_does_not_reach_ours(make_parser: _MakeParser, capfd: pytest.CaptureFixture[str]) -> None:
    assert make_parser("chatter").parse(SourceFile("a.pdf", _ANY_PDF)).text == "quiet"
    assert capfd.readouterr() == ("", "")


def test_parser_serves_several_threads_at_once(make_parser: _MakeParser) -> None:
    parser = make_parser(max_workers=2)
    sources = [SourceFile(f"{index}.pdf", _pdf(f"Document number {index}.")) for index in range(6)]
    with ThreadPoolExecutor(6) as executor:
        texts = [document.text for document in executor.map(parser.parse, sources)]
    assert texts == [f"Document number {index}." for index in range(6)]


def test_parser_closes_without_ever_having_started_a_worker() -> None:
    parser = IsolatedDocumentParser()
    parser.close()
    parser.close()
    assert _code(parser) == OutcomeCode.CLOSED


def test_parser_ends_a_document_in_work_when_closed(make_parser: _MakeParser, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work = threading.Event()

    def notice(data: bytes) -> Message:
        message = decode_message(data)
        if isinstance(message, PageRead):
            at_work.set()
        return message

    monkeypatch.setattr(isolation, "decode_message", notice)
    parser = make_parser("hang", max_workers=1, budget=TimeBudget(page_s=60.0, total_s=60.0))
    with ThreadPoolExecutor(1) as executor:
        reading = executor.submit(_code, parser)
        assert at_work.wait(30)
        parser.close()
        assert reading.result(timeout=30) == OutcomeCode.CLOSED


def test_parser_works_from_a_script(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf("From a script."))
    script = tmp_path / "script"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "from reviewer.domain.document import SourceFile\n"
        "from reviewer.parsing.parser import IsolatedDocumentParser\n"
        'if __name__ == "__main__":\n'
        "    parser = IsolatedDocumentParser()\n"
        '    print(parser.parse(SourceFile("a.pdf", Path(sys.argv[1]).read_bytes())).text)\n',
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", str(script), str(tmp_path / "a.pdf")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "From a script.\n", "")


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hostile/pypdf__r6-user-password.pdf", OutcomeCode.ENCRYPTED),
        ("hostile/Aspose__Encrypted.docx", OutcomeCode.ENCRYPTED),
        ("hostile/synthetic/billionlaughs.docx", OutcomeCode.DTD_REFUSED),
        ("hostile/synthetic/bomb1g.docx", OutcomeCode.ZIP_BOMB),
        ("hostile/synthetic/kids1m.pdf", OutcomeCode.TOO_MANY_PAGES),
        ("hostile/synthetic/wrongroot.docx", OutcomeCode.NOT_A_DOCX),
        ("contracts/cuad-119_scan_notext.pdf", OutcomeCode.EMPTY_TEXT),
    ],
)
def test_parser_says_what_is_wrong_with_a_file(
    make_parser: _MakeParser, shared_data: Path, name: str, code: OutcomeCode
) -> None:
    path = shared_data / name
    assert _code(make_parser(), path.read_bytes(), path.name) == code


@pytest.mark.data
def test_parser_survives_a_form_that_draws_itself(make_parser: _MakeParser, shared_data: Path) -> None:
    """PDFium recurses until its stack or its time is used up: which comes first depends on the machine."""
    data = (shared_data / "hostile/synthetic/formloop.pdf").read_bytes()
    parser = make_parser()
    assert _code(parser, data) in {OutcomeCode.ENGINE_CRASH, OutcomeCode.TIMEOUT}
    assert parser.parse(SourceFile("b.pdf", _pdf("Next"))).text == "Next"


_DECEPTIVE = "The sup\u200bplier pays."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", _DECEPTIVE),
        ("a.md", _DECEPTIVE),
        ("a.html", f"<!doctype html><meta charset=utf-8><p>{_DECEPTIVE}"),
        ("a.eml", f"Subject: Mail\nContent-Type: text/plain; charset=utf-8\n\n{_DECEPTIVE}"),
    ],
)
def test_parser_counts_characters_that_deceive_in_text_of_any_kind(
    make_parser: _MakeParser, name: str, text: str
) -> None:
    document = make_parser().parse(SourceFile(name, text.encode()))
    assert [warning.code for warning in document.warnings] == ["invisible_characters"]


@pytest.mark.parametrize(
    ("name", "data", "media_type", "text"),
    [
        ("a.odt", odt_file(odt_p("Open")), "application/vnd.oasis.opendocument.text", "Open"),
        ("a.docx", odt_file(odt_p("Renamed")), "application/vnd.oasis.opendocument.text", "Renamed"),
        ("a.rtf", b"{\\rtf1 Rich}", "application/rtf", "Rich"),
        ("a.html", b"<!doctype html><p>Page", "text/html", "Page"),
        ("a.xhtml", b'<html xmlns="http://www.w3.org/1999/xhtml"><p>Page</p></html>', "application/xhtml+xml", "Page"),
        ("a.eml", b"Subject: Mail\n\nBody", "message/rfc822", "Mail\n\nBody"),
        ("a.docm", word_file(word_p("Word")), FileKind.DOCX.value, "Word"),
    ],
)
def test_parser_reads_every_kind_in_its_worker(
    make_parser: _MakeParser, name: str, data: bytes, media_type: str, text: str
) -> None:
    document = make_parser().parse(SourceFile(name, data))
    assert (document.text, document.source.media_type) == (text, media_type)


def test_parser_says_of_a_page_without_text_that_it_holds_none(make_parser: _MakeParser) -> None:
    with pytest.raises(InputError, match="empty_text") as caught:
        make_parser().parse(SourceFile("a.html", b"<html><script>x</script></html>"))
    assert caught.value.user_message == "The document holds no text."
