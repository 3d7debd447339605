"""What parent and worker say to each other about pictures of pages. Bytes only, as in `reviewer.parsing.messages`."""

from typing import TypeAlias

import msgspec

from reviewer.domain.raster import Raster, Tile
from reviewer.parsing.messages import InvalidMessageError
from reviewer.parsing.outcomes import OutcomeCode

MAX_EDGE = 4096
"""Pixels of a tile's longer edge."""
BYTES_PER_PIXEL = 4
MAX_PICTURE_BYTES = MAX_EDGE * MAX_EDGE * BYTES_PER_PIXEL + 1024
"""Of a message with the largest tile in it."""


class OpenFile(msgspec.Struct, frozen=True, tag="open"):
    """Parent to worker: keep this file ready under a key."""

    key: str
    data: bytes
    password: str = ""

    def __repr__(self) -> str:
        """Without the password and the bytes."""
        return f"OpenFile({self.key})"


class DrawTile(msgspec.Struct, frozen=True, tag="draw"):
    """Parent to worker: draw a part of a page."""

    key: str
    tile: Tile


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """Worker to parent: the file is a PDF."""


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """Worker to parent: the pixels, as in `Raster`."""

    pixels: bytes


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """Worker to parent: why not. Sentences are the parent's; a worker sends the code alone."""

    code: OutcomeCode


Request: TypeAlias = OpenFile | DrawTile
Reply: TypeAlias = Opened | Drawn | Refused


def encode(message: Request | Reply) -> bytes:
    """The bytes of a message."""
    return msgspec.msgpack.encode(message)


def decode_request(data: bytes) -> Request:
    """A request; the parent is trusted."""
    request: Request = msgspec.msgpack.decode(data, type=Request)
    return request


def decode_reply(data: bytes) -> Reply:
    """A worker's reply.

    Raises:
        InvalidMessageError: it is none.
    """
    try:
        reply: Reply = msgspec.msgpack.decode(data, type=Reply)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidMessageError(str(error)) from error
    return reply


def raster_of(reply: Drawn, tile: Tile) -> Raster:
    """The picture of the tile that was asked for.

    Raises:
        InvalidMessageError: the pixels are not as many as the tile has.
    """
    if len(reply.pixels) != tile.width * tile.height * BYTES_PER_PIXEL:
        raise InvalidMessageError("pixels")
    return Raster(tile.width, tile.height, reply.pixels)
