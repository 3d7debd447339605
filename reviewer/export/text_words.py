"""What a workflow wants shown besides results: where each part went, and what was written as one text."""

from reviewer.domain.answer import Answer, AnswerState
from reviewer.domain.report import DocumentReport
from reviewer.domain.workflow import Output
from reviewer.export import answer_words, words

SURE = 0.6


def routes(report: DocumentReport) -> list[str]:
    """A line a part: its first words, where it went, how sure that is, how it was found and why."""
    if Output.ROUTES not in report.outputs:
        return []
    lines = []
    for each in report.routes:
        went = " and ".join(answer_words.route_name(name) for name in (each.route.route, *each.route.also))
        sure = "" if each.route.confidence >= SURE else ", unsure"
        lines.append(f"{each.text}: {went} ({each.route.confidence:.2f}{sure}). {each.route.reason}".rstrip())
    return lines


def written(report: DocumentReport) -> list[tuple[str, str]]:
    """The parts that were written, in the order of the list they follow, else of the document: title and text."""
    if Output.TEXT not in report.outputs:
        return []
    made = [each for each in report.answers if each.uses == "generate" and each.state is not AnswerState.NEEDS_MODEL]
    numbered = [each for each in made if each.number]
    return [(each.part or words.place(report, each.section), _text(each)) for each in numbered or made]


def _text(answer: Answer) -> str:
    if answer.state is not AnswerState.DONE:
        return f"[{answer.message}]"
    return "\n".join(answer_words.value(field) for field in answer.fields)
