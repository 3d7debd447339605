"""Pictures of pages, drawn in a worker process."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

from reviewer.domain.errors import InputError
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.parsing.messages import InvalidMessageError
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.page_messages import (
    MAX_EDGE,
    MAX_PICTURE_BYTES,
    Drawn,
    DrawTile,
    Opened,
    OpenFile,
    Refused,
    Reply,
    Request,
    decode_reply,
    encode,
    raster_of,
)
from reviewer.parsing.page_worker import MAX_OPEN, serve_pages
from reviewer.parsing.process import WorkerProcess

DRAWER = "reviewer.parsing.page_drawing:PdfiumDrawer"
_NAME = "reviewer-pages"
_MAX_SCALE = 64.0  # device pixels per point: 800 % at eight times the usual density
_MAX_OFFSET = 1 << 24  # pixels; coordinates in PDFium are 32-bit
_AS_TEXT = "Its words can be read in the text view."
_SENTENCES = {
    OutcomeCode.ENCRYPTED: (
        "The pages are protected by a password.",
        f"Enter the password to see them. {_AS_TEXT}",
    ),
    OutcomeCode.CORRUPT: ("The file is damaged and its pages cannot be drawn.", _AS_TEXT),
    OutcomeCode.TOO_BIG: ("This part of the page is too big to be drawn.", "Make the page smaller."),
    OutcomeCode.TIMEOUT: ("Drawing the page took too long and was stopped.", _AS_TEXT),
    OutcomeCode.MEMORY: ("Drawing the page needs more memory than is allowed.", _AS_TEXT),
    OutcomeCode.ENGINE_CRASH: ("The page made its drawing fail.", _AS_TEXT),
    OutcomeCode.CLOSED: ("Drawing was ended because the program is closing.", "Open the document again."),
}


@dataclass(frozen=True, slots=True)
class DrawBudget:
    """How long a worker may take, in seconds."""

    start_s: float = 60.0
    open_s: float = 15.0
    draw_s: float = 10.0


class IsolatedPageRenderer:
    """Draws pages of PDF files in one worker process, which is started for the first file and replaced when it fails.

    The last `MAX_OPEN` files are kept in memory, so that a new worker can go on where one ended.

    Args:
        drawer_name: ``module:name`` of the worker's `DrawerFactory`.
        budget: how long a file or a page may take.
    """

    def __init__(self, *, drawer_name: str = DRAWER, budget: DrawBudget | None = None) -> None:
        self._drawer_name = drawer_name
        self._budget = budget or DrawBudget()
        self._files: OrderedDict[str, OpenFile] = OrderedDict()
        self._turn = threading.Lock()
        self._state = threading.Lock()  # of the two below; held for moments only
        self._worker: DrawingWorker | None = None
        self._is_closed = False

    def open(self, key: str, data: bytes, password: Secret = NO_SECRET) -> None:
        """Makes the pages of a file drawable under a key; one of the same key is kept as it is.

        Raises:
            InputError: it cannot be opened; says why and what to do.
        """
        with self._turn:
            if key not in self._files:
                file = OpenFile(key, data, password.reveal())
                self._open(file)
                self._files[key] = file
            self._files.move_to_end(key)
            while len(self._files) > MAX_OPEN:
                self._files.popitem(last=False)

    def render(self, key: str, tile: Tile) -> Raster:
        """The pixels of a tile, on white, annotations included; what lies beyond the page is white.

        Raises:
            InputError: no file is open under the key, there is no such page, or it cannot be drawn.
        """
        if not _is_drawable(tile):
            raise _failure(OutcomeCode.TOO_BIG)
        with self._turn:
            file = self._files.get(key)
            if file is None:
                raise _failure(OutcomeCode.NOT_OPEN)
            self._files.move_to_end(key)
            reply = self._ask(DrawTile(key, tile), self._budget.draw_s)
            if isinstance(reply, Refused) and reply.code is OutcomeCode.NOT_OPEN:  # a new worker
                self._open(file)
                reply = self._ask(DrawTile(key, tile), self._budget.draw_s)
            if not isinstance(reply, Drawn):
                raise _failure(_code(reply))
            return self._checked(reply, tile)

    def close(self) -> None:
        """Ends the worker process. Nothing can be drawn afterwards. Idempotent."""
        with self._state:
            self._is_closed = True
            if self._worker is not None:
                self._worker.interrupt()
        with self._turn:
            self._files.clear()
            self._discard()

    def _open(self, file: OpenFile) -> None:
        reply = self._ask(file, self._budget.open_s)
        if not isinstance(reply, Opened):
            raise _failure(_code(reply))

    def _ask(self, request: Request, seconds: float) -> Reply:
        try:
            return self._usable().ask(request, seconds)
        except InputError as error:
            code = OutcomeCode.CLOSED if self._is_closed else OutcomeCode(error.code)
            raise _failure(code) from error

    def _usable(self) -> "DrawingWorker":
        if self._worker is not None and not self._worker.is_usable:
            self._discard()
        with self._state:
            if self._is_closed:
                raise failure(OutcomeCode.CLOSED)
            if self._worker is None:
                self._worker = DrawingWorker(self._drawer_name, self._budget)
            return self._worker

    def _checked(self, reply: Drawn, tile: Tile) -> Raster:
        try:
            return raster_of(reply, tile)
        except InvalidMessageError as error:
            self._discard()
            raise _failure(OutcomeCode.ENGINE_CRASH) from error

    def _discard(self) -> None:
        with self._state:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


class DrawingWorker(WorkerProcess):
    """A worker process that draws. Used by one thread at a time, except `interrupt`."""

    def __init__(self, drawer_name: str, budget: DrawBudget) -> None:
        super().__init__(serve_pages, drawer_name, _NAME, budget.start_s)

    def ask(self, request: Request, seconds: float) -> Reply:
        """The reply to a request. Blocks until it comes, the time is over or the process dies.

        Raises:
            InputError: there is no reply; the worker is not usable any more.
        """
        with self.turn():
            self.send(encode(request))
            reply = decode_reply(self.receive(seconds, MAX_PICTURE_BYTES))
            if not (isinstance(reply, Refused) and reply.code is OutcomeCode.MEMORY):
                self.settle()
            return reply


def _is_drawable(tile: Tile) -> bool:
    return (
        1 <= tile.width <= MAX_EDGE
        and 1 <= tile.height <= MAX_EDGE
        and math.isfinite(tile.scale)
        and 0 < tile.scale <= _MAX_SCALE
        and abs(tile.x) <= _MAX_OFFSET
        and abs(tile.y) <= _MAX_OFFSET
    )


def _code(reply: Reply) -> OutcomeCode:
    """Why there is no such reply as was asked for; a worker that answers something else is broken."""
    return reply.code if isinstance(reply, Refused) else OutcomeCode.ENGINE_CRASH


def _failure(code: OutcomeCode) -> InputError:
    return failure(code, *_SENTENCES.get(code, ()))
