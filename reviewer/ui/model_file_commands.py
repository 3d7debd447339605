"""What the window can find out about a model file before it is used."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reviewer.domain.errors import ReviewerError
from reviewer.domain.model_facts import OwnFacts
from reviewer.services.models import file_rater
from reviewer.ui.backend import Backend

if TYPE_CHECKING:
    from reviewer.domain.model_file import ModelFile
    from reviewer.services.container import Services
    from reviewer.services.model_files import Trial


class ModelFileCommands(QObject):
    """Has the backend look into model files. Every method returns at once.

    Args:
        start: begins work.
    """

    described = Signal(object, object)
    """`Path` and its `ModelFile`."""
    tried = Signal(object, object)
    """`Path` and the `Trial`."""
    refused = Signal(object, str)
    """`Path`, and why it cannot be used."""

    def __init__(self, backend: Backend, start: Callable[[Coroutine[Any, Any, None]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._backend = backend
        self._start = start

    def describe(self, path: Path) -> None:
        """Reads what the file says of itself; `described` or `refused` tells."""
        self._start(self._do(path, self.described, partial(_describe, path)))

    def try_out(self, path: Path) -> None:
        """Loads the model and measures one answer; `tried` or `refused` tells."""
        self._start(self._do(path, self.tried, partial(_try_out, path)))

    async def _do(self, path: Path, told: Any, work: "Callable[[Services], Coroutine[Any, Any, object]]") -> None:
        try:
            found = await self._backend.call(work)
        except ReviewerError as error:
            self.refused.emit(path, f"{error.user_message} {error.hint}".strip())
        else:
            told.emit(path, found)


async def _describe(path: Path, services: "Services") -> "ModelFile":
    return await services.models.describe_file(path)


async def _try_out(path: Path, services: "Services") -> "Trial":
    """The trial; its speed is kept among what is known of the model, for estimates."""
    trial = await services.models.try_file(path)
    if trial.tokens_per_s > 0:
        measured = OwnFacts(file_rater(path), tokens_per_s=round(trial.tokens_per_s, 1))
        with suppress(ReviewerError):  # settings that cannot be written must not hide the answer
            await asyncio.to_thread(services.facts.set, measured)
    return trial
