"""The plain words for states, shared by every readable format."""

from collections import defaultdict

from reviewer.assets import glossary, label_titles
from reviewer.domain.check import Check
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import CLAUSE_CHANGED, Standing, Status
from reviewer.domain.document import Visibility
from reviewer.domain.edition import Edition
from reviewer.domain.finding import Finding, RaterVote, Segment
from reviewer.domain.ids import SectionId
from reviewer.domain.interaction import Interaction
from reviewer.domain.outcome import Outcome
from reviewer.domain.quote_tally import tally
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run import Run
from reviewer.domain.vote import VerdictStatus, VoteState
from reviewer.domain.workflow import EngineId

_CHECKS = {"numbers": "the numbers differ", "source": "the source is not in the document"}


NOT_HELD = "Not evidence, as the document does not hold it:"
"""What stands before words that are not in the document."""
UNBACKED_SENTENCE = "without words of the document behind it:"
"""What stands before a sentence of a summary that rests on nothing."""


def engine(run: Run) -> str:
    """Who answered."""
    if run.engine is EngineId.BUILTIN:
        return "Built-in checks (no AI model)"
    return "AI models: " + ", ".join(run.models)


def run_status(run: Run) -> str:
    """How a run stands."""
    return glossary().word(run.status)


def outcome(finding: Finding) -> str:
    """An outcome; a fallback with its rank."""
    rank = f" {finding.fallback_rank}" if finding.outcome is Outcome.FALLBACK and finding.fallback_rank else ""
    return glossary().word(finding.outcome) + rank


def severity(finding: Finding) -> str:
    """How much a finding matters."""
    return glossary().word(finding.severity)


def quote_state(citation: Citation) -> str:
    """What the quote gate found. Never the bare word *verified*: it would read as if the finding were right."""
    if citation.hidden:
        return f"{glossary().word(Visibility(citation.hidden))} text, for your warning"
    return f"Quote: {glossary().word(citation.status)}"


def quote_fence(citation: Citation) -> str:
    """What stands before words that are no evidence: why not to rely on them; empty for evidence."""
    match citation.status:
        case QuoteStatus.NEAR:
            return "Not evidence, as the document says it otherwise:"
        case QuoteStatus.UNVERIFIED:
            return NOT_HELD
        case _:
            return ""


def document_words(citation: Citation) -> str:
    """What the document says where a quote merely differs; empty for any other."""
    if citation.status is not QuoteStatus.NEAR or citation.anchor is None:
        return ""
    return " ".join(citation.anchor.quote.exact.split())


def unbacked(finding: Finding) -> str:
    """A sentence where no quote of a finding is in the document; empty for any other."""
    return "No words of the document stand behind this finding: check it there." if finding.is_unbacked else ""


def misquoted(finding: Finding) -> str:
    """A sentence where a finding's reason quotes what the document does not hold; empty for any other."""
    if not finding.misquoted:
        return ""
    listed = ", ".join(f"“{each}”" for each in finding.misquoted)
    return f"Its reason quotes words that are not in the document: {listed}"


def quotes_notice(report: Report) -> str:
    """A sentence about the quotes of a report that are not in its documents; empty where all are."""
    counted = tally(report)
    if not counted.fenced:
        return ""
    if counted.is_unfounded:
        return (
            f"None of the {number(counted.total, 'quote')} that models gave is in the documents: "
            "nothing that they say rests on the documents' words. Check every finding there."
        )
    verb = "is" if counted.fenced == 1 else "are"
    return (
        f"{counted.fenced} of {number(counted.total, 'quote')} that models gave {verb} not in the documents, or not in "
        "these words: marked as no evidence, and not counted in any vote."
    )


def notices(report: Report) -> tuple[str, ...]:
    """What to know about a report before reading it; sentences that do not apply are empty."""
    return (*substitutes(report), compromised_notice(report), quotes_notice(report))


def compromised_notice(report: Report) -> str:
    """A sentence about replies that held what they had not been given; empty where none did."""
    count = report.compromised
    if not count:
        return ""
    said, shown = ("1 reply", "it is") if count == 1 else (f"{count} replies", "they are")
    return (
        f"{said} of models held links, addresses or other content that the document does not: {shown} neither shown "
        "nor counted. Read the suspicious passages first, if there are any."
    )


def segment_checks(segment: Segment) -> str:
    """What to check in a translated segment; empty where nothing differs."""
    return ", ".join(_CHECKS.get(each, each) for each in segment.checks)


def votes(finding: Finding) -> str:
    """*rule*, or how the votes fell: ``2 of 3 votes``; what needs a human is said."""
    if finding.support is None:
        return "rule"
    valid = [vote for vote in finding.votes if vote.counted]
    text = f"{round(finding.support * len(valid))} of {len(finding.votes)} votes"
    for state in (VoteState.ABSTAINED, VoteState.COMPROMISED):
        if count := sum(vote.outcome == state for vote in finding.votes):
            text += f", {count} {glossary().word(state)}"
    if finding.status is not VerdictStatus.DECIDED:
        text += f", {glossary().word(finding.status)}"
    return text


def vote(given: RaterVote) -> str:
    """What one vote says, whether it counts, and who answered where another was asked."""
    said = _said(given)
    if given.abstained:
        said += ": the model declined to answer"
    elif given.compromised:
        said += ": the reply held what the document does not; it is not shown"
    elif not given.counted:
        said += f", not counted: {why_not_counted(given)}"
    return f"{said} (answered by {given.answered_by})" if given.answered_by else said


def _said(given: RaterVote) -> str:
    """An outcome, or what the vote is, in its words; any other value as it is."""
    for states in (Outcome, VoteState):
        if given.outcome in set(states):
            return glossary().word(states(given.outcome))
    return given.outcome.replace("_", " ")


def why_not_counted(given: RaterVote) -> str:
    """Why a vote is set aside, in words that go on a sentence."""
    if given.citation is None or not given.citation.quote.strip():
        return "it quotes nothing"
    if given.citation.status is QuoteStatus.NEAR:
        return "its quote differs from the document"
    return "its quote is not in the document"


_REPLACED = {
    "PARTY": "listed name",
    "NUMBER": "listed number",
    "EMAIL": "e-mail",
    "PHONE": "telephone number",
    "IBAN": "IBAN",
    "CARD": "card number",
    "ID": "id number",
}


def substitutes(report: Report) -> tuple[str, ...]:
    """A sentence for each model that another one answered for."""
    return tuple(f"{asked} was asked, and {answered} answered." for asked, answered in report.substitutes)


def redacted(report: DocumentReport) -> str:
    """What models got placeholders for; empty where they got the document as it is."""
    said = report.redacted
    if said is None:
        return ""
    kinds = ", ".join(number(count, _REPLACED[kind]) for kind, count in said.places)
    what = f"Before sending, these were replaced by placeholders: {kinds}" if kinds else "Nothing had to be replaced"
    return f"{what} (for {', '.join(said.raters)})."


def decision(standing: Standing) -> str:
    """What a person decided: ``dismissed: not our position``; empty where nobody did."""
    if standing.why_open == CLAUSE_CHANGED:
        return "open again, as the clause changed in the new version"
    if standing.status is Status.OPEN:
        return ""
    reason = f": {glossary().word(standing.reason)}" if standing.reason else ""
    return glossary().word(standing.status) + reason


def left_out(edition: Edition) -> str:
    """What an edition does not show, in a sentence; empty where it shows everything."""
    parts = [
        f"{number(count, 'finding')} {why}"
        for count, why in ((edition.dismissed, "dismissed"), (edition.undecided, "not yet decided"))
        if count
    ]
    return f"Left out: {', '.join(parts)}." if parts else ""


def resting_on(report: DocumentReport, interaction: Interaction) -> str:
    """The findings that an interaction rests on, each with its place."""
    by_id = {each.id: each for each in report.findings}
    found = [by_id[each] for each in interaction.findings if each in by_id]
    return "; ".join(f"{each.title} ({place(report, each.section)})" for each in found)


def place(report: DocumentReport, section_id: SectionId | None) -> str:
    """Number and heading of a section, or *whole document*."""
    section = next((each for each in report.sections if each.id == section_id), None)
    if section is None:
        return "Whole document"
    return " ".join(part for part in (section.number, section.heading) if part) or section.kind.value.capitalize()


def label(name: str) -> str:
    """What people read for a category of clauses; a name that is not known as it is."""
    return label_titles().get(name, name)


def labelled(report: DocumentReport) -> tuple[tuple[str, str], ...]:
    """The sections that have labels, in the order of reading: place, and the labels in one line."""
    found = defaultdict[SectionId, list[str]](list)
    for each in report.labels:
        found[each.section].append(label(each.label))
    return tuple((place(report, section), ", ".join(names)) for section, names in found.items())


def number(count: int, thing: str) -> str:
    """``1 part``, ``2 parts``."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def edit(finding: Finding) -> str:
    """The fewest words to change, in a sentence; empty where they are not known."""
    return f"Change “{finding.edit.at.quote}” to “{finding.edit.instead}”." if finding.edit else ""


def friction(finding: Finding) -> str:
    """What a finding does to the business; empty where it is as wanted."""
    return glossary().word(finding.friction) if finding.friction else ""


def counts(report: DocumentReport) -> str:
    """Pages, sections, language, playbook in one line."""
    header = report.document
    parts = [number(len(report.sections), "section")]
    if header.page_count:
        parts.insert(0, number(header.page_count, "page"))
    if header.language:
        parts.append(f"language {header.language}")
    if report.playbook:
        parts.append(f"playbook {report.playbook}")
    return " · ".join(parts)


SHOWN_PLACES = 3
"""So many places of a check are shown; of the others only how many they are."""


def more_places(check: Check) -> str:
    """How many places of a check are not shown; empty where all are."""
    count = len(check.citations) - SHOWN_PLACES
    return f"and {number(count, 'more place')}" if count > 0 else ""
