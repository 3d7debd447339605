"""Parts of a task: a question each, or an entry each of a list that was made before."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState
from reviewer.domain.passages import focused
from reviewer.domain.task import Item, Task
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.results import ItemResults

FOCUS_CHARS = 12_000
"""A longer text is read in the passages that speak about a question most: about 3,000 tokens."""
NOT_MADE = "This part could not be made; the failures say why. Run again to try once more."


def entries_of(answers: Sequence[Answer], expected: int) -> tuple[str, ...]:
    """The entries of the list in an answer, in order; so many unnamed ones where nobody answers (a rehearsal)."""
    found = [entry.text for answer in answers for field in answer.fields for entry in field.entries]
    return tuple(found) or tuple(f"({number})" for number in range(1, expected + 1))


def entry_task(task: Task, node: HandlerNode, entry: str) -> Task:
    """The task of one entry: the same text, with the entry for its place."""
    path = f"{task.item.path} > {entry}" if task.item.path else entry
    item = replace(task.item, heading=entry, path=path)
    return replace(task, handler=f"{task.handler}/{node.id}", item=item, votes=node.votes, quorum=node.quorum)


def question_task(task: Task, node: HandlerNode, question: str) -> Task:
    """The task of one question: what of the text speaks about it, where the text is long."""
    return replace(task, item=_focused(task.item, question), votes=node.votes, quorum=node.quorum)


def _focused(item: Item, question: str) -> Item:
    return replace(item, text=focused(item.text, question, FOCUS_CHARS), path=question, heading=question)


def of_part(found: ItemResults, task: Task, uses: str, title: str, number: int) -> ItemResults:
    """What came of a part, under its title; a part of which nothing came says so."""
    failed = Answer(task.item.section, task.handler, uses, (), state=AnswerState.FAILED, message=NOT_MADE)
    answers = found.answers or (failed,)
    return replace(found, answers=tuple(replace(each, part=title, number=number) for each in answers))
