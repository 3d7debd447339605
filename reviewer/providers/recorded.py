"""A model that says again what another one said in a recorded run. It asks nobody."""

from collections import deque
from collections.abc import Callable
from pathlib import Path

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ConfigError, ProviderError, RetryDecision
from reviewer.domain.recording import Recording, decode_recording, request_key


class RecordedChatModel:
    """The answers of a recording; implements `reviewer.ports.models.ChatModel`.

    The same question asked several times gets the recorded answers to it one after the other, each once.

    Args:
        path: the file; read when the first question is asked.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._recording: Recording | None = None
        self._waiting: dict[str, deque[ChatReply]] = {}

    @property
    def name(self) -> str:
        """``recorded/`` and the file's path as it was given."""
        return f"recorded/{self._path.as_posix()}"

    @property
    def endpoint(self) -> str:
        """The file's address on this computer."""
        return self._path.absolute().as_uri().replace("file://", "file://localhost", 1)

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """The next recorded answer to a question.

        Args:
            request: the question.
            listen: is told the answer's text.

        Raises:
            ProviderError: ``not_recorded``; or ``no_recording``, where the file cannot be read as one.
        """
        self._open()
        waiting = self._waiting.get(request_key(request))
        if not waiting:
            raise ProviderError(
                "not_recorded",
                f"The recording {self._path.name} holds no answer to this question, or not so many.",
                "Review the same files with the same workflow and votes as the recorded run, or record another run.",
                decision=RetryDecision(retry=False),
            )
        reply = waiting.popleft()
        if listen is not None:
            listen(reply.text)
        return reply

    async def list_models(self) -> tuple[str, ...]:
        """The model that was recorded.

        Raises:
            ProviderError: ``no_recording``.
        """
        return (self._open().model,)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _open(self) -> Recording:
        # Read at once and not in a thread: answers are then given in the order in which the questions came.
        if self._recording is None:
            self._recording = self._read()
            for call in self._recording.calls:
                self._waiting.setdefault(call.request, deque()).append(call.reply)
        return self._recording

    def _read(self) -> Recording:
        try:
            return decode_recording(self._path.read_bytes(), self._path.name)
        except OSError as error:
            raise _no_recording(f"The recording {self._path.name} cannot be read.") from error
        except ConfigError as error:
            raise _no_recording(error.user_message) from error


def _no_recording(message: str) -> ProviderError:
    hint = "Make one with: reviewer runs record RUN -o FILE"
    return ProviderError("no_recording", message, hint, decision=RetryDecision(retry=False, fatal=True))
