"""Replies that come in parts: shown as they come, then put together to the body that they would have been whole."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from reviewer.domain.chat import ChatReply


class StreamedReply(ABC):
    """One reply in the making; a subclass knows the format.

    Args:
        listen: is told each piece of text.
        place: host and port of the endpoint, for messages.
    """

    are_events = True
    """Whether parts come as events; else each line is one."""

    def __init__(self, listen: Callable[[str], None], place: str) -> None:
        self._listen = listen
        self._place = place
        self._has_told = False

    @abstractmethod
    def take(self, part: bytes) -> bool:
        """Adds one part; True when it was the last.

        Raises:
            ProviderError: ``bad_envelope``: it is none of this format.
        """

    @abstractmethod
    def body(self) -> bytes:
        """All parts so far, as the endpoint would have sent them without a stream."""

    def ended(self, reply: ChatReply) -> ChatReply:
        """The same reply; its text is told now where it came all at once."""
        if not self._has_told:
            self._tell(reply.text)
        return reply

    def _tell(self, text: str) -> None:
        if text:
            self._has_told = True
            self._listen(text)
