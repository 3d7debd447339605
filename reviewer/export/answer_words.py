"""Answers of general handlers in plain words, shared by every readable format."""

from collections.abc import Iterator

from reviewer.domain.answer import Answer, AnswerState, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.report import DocumentReport
from reviewer.domain.vote import RULE, VerdictStatus
from reviewer.export import words


def waiting(report: DocumentReport) -> str:
    """What no model was there to answer; empty where nothing waits."""
    left = [each for each in report.answers if each.state is AnswerState.NEEDS_MODEL]
    if not left:
        return ""
    return f"{words.number(len({each.section for each in left}), 'part')} not answered. {left[0].message}"


def lines(answer: Answer) -> Iterator[str]:
    """An answer, a line or several a field: its value, how the votes fell, and what they said where they differ."""
    if answer.state is not AnswerState.DONE:
        yield answer.message
    for field in answer.fields:
        if field.type is FieldType.LIST:
            yield from _list(field)
        else:
            yield f"{field_name(field)}: {value(field)}{_share(field)}"
        if looked := searched(field):
            yield looked
        if field.status is not VerdictStatus.DECIDED or field.agreement < 1:
            yield from _dissent(field)
    if answer.why:
        yield answer.why


def title(report: DocumentReport, answer: Answer) -> str:
    """What an answer is about: the entry or question, else the part of the document, each with who answered."""
    about = answer.part or words.place(report, answer.section)
    return f"{about} ({report.called(answer.handler)})"


def route_name(route: str) -> str:
    """A route's id as people read it."""
    return route.replace("_", " ").replace("-", " ").replace("/", ": ")


def searched(field: FieldAnswer) -> str:
    """Where the built-in checks looked for what they did not find; empty for everything else."""
    if field.is_stated or len(field.votes) != 1 or field.votes[0].rater != RULE:
        return ""
    return field.votes[0].rationale


def field_name(field: FieldAnswer) -> str:
    """A field as people read its name."""
    return field.name.replace("_", " ").capitalize()


def value(field: FieldAnswer) -> str:
    """What a field says, or why it says nothing."""
    match field.status:
        case VerdictStatus.TIED:
            return "the votes are tied; read them and decide"
        case VerdictStatus.NO_QUORUM:
            return "too few votes count or agree; read them and decide"
        case _:
            return field.value if field.is_stated else "the text does not say"


def _share(field: FieldAnswer) -> str:
    if len(field.votes) < 2 or field.status is not VerdictStatus.DECIDED:  # noqa: PLR2004 - nothing was counted
        return ""
    valid = sum(vote.counted for vote in field.votes)
    return f" [{round(field.support * valid)} of {len(field.votes)} votes]"


def _list(field: FieldAnswer) -> Iterator[str]:
    yield f"{field_name(field)}:{'' if field.entries else ' none'}"
    asked = len(field.votes)
    cluster = ""
    for entry in field.entries:
        if entry.cluster != cluster:
            cluster = entry.cluster
            yield f"About {cluster}:" if cluster else "Others:"
        named = f" [{entry.votes} of {asked} votes]" if asked > 1 else ""
        yield f"- {entry.text}{named}"
    if asked > 1 and field.entries:
        merged = words.number(sum(len(entry.others) for entry in field.entries), "other wording")
        yield f"{len(field.entries)} different, {merged} merged into them.{_likeness(field)}"


def _likeness(field: FieldAnswer) -> str:
    if len(field.entries) == 1 or field.diversity is None:
        return ""
    return f" Any two share {round(100 * (1 - field.diversity))} % of their words."


def _dissent(field: FieldAnswer) -> Iterator[str]:
    if field.type is FieldType.LIST:
        return
    for vote in field.votes:
        said = vote.rationale or ("the text does not say" if vote.outcome == NOT_STATED else words.vote(vote))
        note = (
            ""
            if vote.counted or vote.abstained or vote.compromised
            else " (not counted: its quote is not in the document)"
        )
        yield f"  vote {vote.index + 1}, {vote.rater}: {said}{note}"
