"""The life of a worker process that draws: lock the doors, then open files and draw tiles, one at a time.

Whatever is not a typed refusal ends the process, and the parent says so.
"""

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Protocol, TypeAlias

from reviewer.domain.errors import InputError
from reviewer.domain.raster import Tile
from reviewer.parsing.lockdown import allow_cpu, enter
from reviewer.parsing.messages import GREETING
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.page_messages import (
    Drawn,
    Opened,
    OpenFile,
    Refused,
    Reply,
    Request,
    decode_request,
    encode,
)

MAX_OPEN = 4
"""Files open at the same time."""


class Drawer(Protocol):
    """What draws in the worker; raises `InputError` with an `OutcomeCode` as its code."""

    def open(self, key: str, data: bytes, password: str) -> None:
        """Keeps a file open under a key; may close the one that was not used for longest."""
        ...

    def draw(self, key: str, tile: Tile) -> bytes:
        """The pixels of a tile, as in `Raster`."""
        ...


DrawerFactory: TypeAlias = Callable[[int], Drawer]
"""Makes a drawer that keeps at most so many files open."""


def serve_pages(connection: Connection, drawer_name: str) -> None:
    """Answers requests until the parent closes its end. Runs in the worker process and nowhere else.

    Args:
        connection: the worker's end.
        drawer_name: ``module:name`` of a `DrawerFactory`; by name, so that the parent need not load PDFium.
    """
    module, _, name = drawer_name.partition(":")
    factory: DrawerFactory = getattr(enter(module), name)
    drawer = factory(MAX_OPEN)
    connection.send_bytes(GREETING)
    while True:
        try:
            request = decode_request(connection.recv_bytes())
        except EOFError:
            return
        allow_cpu()
        reply = _answer(request, drawer)
        connection.send_bytes(encode(reply))
        if isinstance(reply, Refused) and reply.code is OutcomeCode.MEMORY:
            return


def _answer(request: Request, drawer: Drawer) -> Reply:
    try:
        if isinstance(request, OpenFile):
            drawer.open(request.key, request.data, request.password)
            return Opened()
        return Drawn(drawer.draw(request.key, request.tile))
    except InputError as error:
        return Refused(OutcomeCode(error.code))
    except MemoryError:
        return Refused(OutcomeCode.MEMORY)
    except RecursionError:
        return Refused(OutcomeCode.CORRUPT)
