"""Drawers for worker processes that do what hostile pages make drawers do, each on page 13."""

import os
import time

from reviewer.domain.raster import Tile
from reviewer.parsing.outcomes import OutcomeCode, failure

UNLUCKY = 13


class PatientDrawer:
    """Draws the process's id into every tile, and closes nothing."""

    def __init__(self, max_open: int) -> None:
        self._keys: set[str] = set()

    def open(self, key: str, data: bytes, password: str) -> None:
        self._keys.add(key)

    def draw(self, key: str, tile: Tile) -> bytes:
        if key not in self._keys:
            raise failure(OutcomeCode.NOT_OPEN)
        if tile.page == UNLUCKY:
            self.misbehave()
        return os.getpid().to_bytes(4, "little") * (tile.width * tile.height)

    def misbehave(self) -> None:
        """Nothing."""


class HangingDrawer(PatientDrawer):
    def misbehave(self) -> None:
        time.sleep(600)


class AbortingDrawer(PatientDrawer):
    def misbehave(self) -> None:
        os.abort()


class RaisingDrawer(PatientDrawer):
    def misbehave(self) -> None:
        raise ZeroDivisionError


class GreedyDrawer(PatientDrawer):
    def misbehave(self) -> None:
        raise MemoryError


class LyingDrawer(PatientDrawer):
    def draw(self, key: str, tile: Tile) -> bytes:
        return super().draw(key, tile)[tile.page :]


class StubbornDrawer(PatientDrawer):
    """Says that nothing is open, whatever it was given."""

    def open(self, key: str, data: bytes, password: str) -> None:
        pass


class HangingOpener(PatientDrawer):
    def open(self, key: str, data: bytes, password: str) -> None:
        if data == b"hang":
            time.sleep(600)
        super().open(key, data, password)
