"""Which prompts are sent and which replies are used: not what is too long, clipped, cut off or declined."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.clipping import CLIPPED_HINT, PROMPT_CLIPPED, clipped_sentence, is_too_long, was_clipped
from reviewer.domain.contraband import Contraband, find_contraband
from reviewer.domain.errors import ProviderError, RetryDecision, ReviewerError
from reviewer.domain.line_ids import fence_of, prompt_marks, without_line_ids
from reviewer.domain.refusal import is_refusal
from reviewer.domain.task import StepInputs
from reviewer.domain.tokens import Calibration, TokenEstimate, estimate
from reviewer.domain.unseen import without_unseen
from reviewer.domain.usage import Usage
from reviewer.domain.vote import COMPROMISED, REFUSED, Judgement
from reviewer.ports.handling import InvalidReplyError

BAD_REPLY, REPLY_CUT = "bad_reply", "reply_cut"
MORE_ROOM = 2
"""A reply that was cut off is asked for once more with its limit times this."""

_estimate = lru_cache(maxsize=256)(estimate)
"""Rubrics are the same for all items of a task kind, and texts for all votes on one."""


class UnusableReplyError(ReviewerError):
    """A model answered, twice where that may help, and the answer cannot be used; ``usage`` was paid for it."""

    usage = Usage()


@dataclass(frozen=True, slots=True)
class Asking:
    """How the question for a vote is put: plainly; then once with what was wrong, and once with more room.

    Attributes:
        complaint: what was wrong with the last reply.
        cut: why more room is given.
    """

    complaint: str = ""
    cut: UnusableReplyError | None = None

    def inputs(self, first: StepInputs) -> StepInputs:
        """What the step reads, when it reads this plainly asked."""
        if not self.complaint and not self.cut:
            return first
        node = dict(first.node)
        if self.complaint:
            node["complaint"] = self.complaint
        if self.cut:
            node["room"] = MORE_ROOM
        return replace(first, node=node)

    def request(self, plain: ChatRequest) -> ChatRequest:
        """The question, plainly asked, as it is put now."""
        if self.cut:
            plain = replace(plain, max_tokens=MORE_ROOM * plain.max_tokens)
        if not self.complaint:
            return plain
        note = (
            f"Your last reply could not be used: {self.complaint}\n"
            "Reply again, with JSON of the schema and nothing else."
        )
        return replace(plain, user=f"{plain.user}\n\n{note}")

    def after(self, error: ReviewerError, *, has_room: bool) -> "Asking | None":
        """How it is put once more, or None where that does not help."""
        if isinstance(error, InvalidReplyError) and not self.complaint:
            return replace(self, complaint=error.user_message)
        if isinstance(error, UnusableReplyError) and error.code == REPLY_CUT and not self.cut and has_room:
            return replace(self, cut=error)
        return None

    def failure(self, error: ReviewerError) -> ReviewerError:
        """What is told of a vote that ends so. An endpoint that takes no higher limit leaves the reply cut off."""
        if isinstance(error, InvalidReplyError):
            what = f"The model's reply could not be read: {error.user_message}"
            return UnusableReplyError(BAD_REPLY, what, "Run again, or choose another model.")
        if isinstance(error, ProviderError) and self.cut and not error.decision.retry:
            return self.cut
        return error


PLAINLY = Asking()
_CARRIED = {
    Contraband.MARK: "a mark that only our question holds",
    Contraband.LINK: "a link that is not in the document",
    Contraband.MARKUP: "an image, a link or other markup that is not in the document",
    Contraband.ADDRESS: "an e-mail address that is not in the document",
    Contraband.ENCODED: "encoded data that is not in the document",
}


def plain_reply(request: ChatRequest, text: str) -> str:
    """A reply without the line ids that its quotes may have brought along."""
    return without_line_ids(text, fence_of(request.user))


def check_clean(request: ChatRequest, texts: Iterable[str]) -> None:
    """Lets pass what was read from the reply to a request; the message of the error holds nothing of it.

    Raises:
        UnusableReplyError: ``compromised``.
    """
    fence = fence_of(request.user)

    def sent() -> str:
        seen = without_unseen(request.user, fence)  # an address that no reader sees is not the document's
        return without_line_ids(f"{seen}\n{request.system}", fence)

    if found := find_contraband(texts, sent, prompt_marks(fence)):
        raise UnusableReplyError(
            COMPROMISED,
            f"The model's reply holds {_CARRIED[found]}. It is neither shown nor counted.",
            "Look for words in the document that speak to a program, and read this part yourself.",
        )


def texts_of(judgements: Iterable[Judgement]) -> Iterable[str]:
    """All that judgements say in words of their own."""
    for each in judgements:
        yield from (each.criterion, each.value, each.text)
        yield from (evidence.quote for evidence in each.evidence)


class ReplyGuard:
    """Stands before and after each call of a run, and learns how each model counts tokens.

    Every method takes the rater's name, and the tokens its context holds where that is known.
    """

    def __init__(self) -> None:
        self._learnt: dict[str, Calibration] = {}

    def admit(self, rater: str, request: ChatRequest, context: int | None) -> None:
        """Lets a request pass.

        Raises:
            ProviderError: ``too_long``; nothing needs to be sent to know that it does not fit.
        """
        if context is None:
            return
        likely, learnt = _size(request).likely, self.learnt(rater)
        if is_too_long(likely, learnt, context):
            raise ProviderError(
                "too_long",
                f"The text is too long for the model {rater}: about {learnt.tokens(likely)} tokens, and it takes"
                f" {context}.",
                "Choose a model that takes longer texts, or split the document more finely.",
                decision=RetryDecision(retry=False),
            )

    def has_more_room(self, rater: str, request: ChatRequest, context: int | None) -> bool:
        """Whether a cut reply may be asked for with a higher limit."""
        return context is None or self.learnt(rater).tokens(_size(request).likely) < context - request.max_tokens

    def text_of(self, rater: str, request: ChatRequest, reply: ChatReply, context: int | None) -> str:
        """A whole reply's text.

        Raises:
            UnusableReplyError: ``prompt_clipped``, ``reply_cut`` or ``refused``.
        """
        if reply.tokens_in > 0:  # else the server does not say what it read
            self._check_whole(rater, request, reply, context)
        return whole_text(reply)

    def _check_whole(self, rater: str, request: ChatRequest, reply: ChatReply, context: int | None) -> None:
        system, user, learnt = _estimate(request.system), _estimate(request.user), self.learnt(rater)
        if was_clipped(system, user, reply.tokens_in, learnt, context):
            raise UnusableReplyError(PROMPT_CLIPPED, clipped_sentence(rater, reply.tokens_in), CLIPPED_HINT)
        whole = system + user
        if reply.tokens_in >= whole.fewest:  # else the server leaves out what its cache held
            self._learnt[rater] = learnt.learnt(whole.likely, reply.tokens_in)

    def learnt(self, rater: str) -> Calibration:
        """How this model's counts lie to the estimates."""
        return self._learnt.get(rater, _NOTHING)


_NOTHING = Calibration()


def _size(request: ChatRequest) -> TokenEstimate:
    return _estimate(request.system) + _estimate(request.user)


def whole_text(reply: ChatReply) -> str:
    """The reply's text.

    Raises:
        UnusableReplyError: it was cut off or declined, also where it declines in prose.
    """
    if reply.finish is FinishReason.LENGTH:
        raise UnusableReplyError(
            REPLY_CUT, "The model's reply was cut off.", "Choose a model that may answer at more length."
        )
    if reply.finish is FinishReason.REFUSED or is_refusal(reply.text):
        raise UnusableReplyError(REFUSED, "The model declined to answer.", "Ask another model for this part.")
    return reply.text
