"""A task as a model is told it that must not read everything: with placeholders, and the way back."""

from dataclasses import dataclass, replace

from reviewer.domain.chat import ChatRequest
from reviewer.domain.ids import canonical_json, sha256_hex
from reviewer.domain.redaction import Redaction
from reviewer.domain.task import Item, Task


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands in a task's place before a model.

    Attributes:
        task: the task with placeholders; only for asking, as its texts are no longer the document's.
    """

    task: Task
    redaction: Redaction

    def request(self, request: ChatRequest) -> ChatRequest:
        """A request that was made of the task, without what else of the document came into it.

        That is what was read from earlier replies: complaints about them, or answers to be compared.
        """
        fence = self.task.context.fence
        return replace(request, user=self.redaction.of_message(request.user, fence))

    @property
    def fingerprint(self) -> str:
        """A hash of what is sent; with the task itself it tells all that the redaction changes about the step."""
        item, context = self.task.item, self.task.context
        hidden = [each.text for each in context.unseen]
        return sha256_hex(canonical_json([item.text, item.path, context.document_title, context.surroundings, *hidden]))


def cover_of(task: Task, redaction: Redaction, surroundings: str) -> Cover | None:
    """The cover of a task; None where nothing of it is to be replaced.

    Args:
        task: as the handlers know it.
        redaction: its document's.
        surroundings: the task's, with placeholders.
    """
    title = redaction.of_text(task.context.document_title)
    unseen = tuple(replace(each, text=redaction.of_text(each.text)) for each in task.context.unseen)
    context = replace(task.context, document_title=title, surroundings=surroundings, unseen=unseen)
    covered = replace(task, item=_covered(task.item, redaction), context=context)
    return None if covered == task else Cover(covered, redaction)


def _covered(item: Item, redaction: Redaction) -> Item:
    heading, path = redaction.of_text(item.heading), redaction.of_text(item.path)
    is_whole = len(item.text) == len(item.span)  # else it is passages of it
    text = redaction.of_span(item.span) if is_whole else redaction.of_text(item.text)
    return replace(item, text=text, heading=heading, path=path)
