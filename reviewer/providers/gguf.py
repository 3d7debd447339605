"""The header of a GGUF file: what a model says of itself, read without loading it and without trusting it.

Layout: magic, version, number of tensors and of facts; the facts (key, kind, value); the tensors (name, shape, kind,
offset of the numbers); then the numbers. All little-endian.
"""

import math
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

Fact: TypeAlias = bool | int | float | str | tuple[int | float, ...]

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MAX_FACTS = 4096
_MAX_TENSORS = 65_536
_MAX_DIMENSIONS = 4
_MAX_NAME = 65_535
_MAX_MEMBERS = 4_000_000
"""Of an array; the longest are vocabularies, with some hundred thousand words."""
_KEPT_TEXT = 1024
_KEPT_NUMBERS = 4096
_TOKENS, _TOKEN_KINDS = "tokenizer.ggml.tokens", "tokenizer.ggml.token_type"
_UNKNOWN, _CONTROL = 2, 3
_MAX_CONTROL, _MAX_TOKEN = 65_536, 256
_BOOL, _TEXT, _ARRAY = 7, 8, 9
_NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_SIZES = {kind: struct.calcsize(form) for kind, form in _NUMBERS.items()}


class GgufError(Exception):
    """Not a GGUF file that can be read; the message is half a sentence, such as "it is not complete"."""


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What the header holds.

    Attributes:
        facts: by key; long texts and arrays are left out.
        lengths: of all arrays, by key.
        parameters: numbers in all tensors.
        control: the tokens that steer the model and stand for no words, as they are written.
    """

    facts: dict[str, Fact]
    lengths: dict[str, int]
    parameters: int
    control: tuple[str, ...] = ()

    @property
    def architecture(self) -> str:
        """Such as ``llama``; empty where the file does not say."""
        return self.text("general.architecture")

    def text(self, key: str) -> str:
        """The text under a key; empty where there is none."""
        found = self.facts.get(key)
        return found if isinstance(found, str) else ""

    def number(self, key: str, otherwise: int = 0) -> int:
        """The whole number under a key; of a list, one for each layer, the largest."""
        found = self.facts.get(key)
        if isinstance(found, tuple) and found:
            found = max(found)
        return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else otherwise

    def of_model(self, key: str, otherwise: int = 0) -> int:
        """The number under a key of the model's architecture, such as ``context_length``."""
        return self.number(f"{self.architecture}.{key}", otherwise)


def read_gguf(path: Path) -> GgufHeader:
    """Reads the header. Takes some tenths of a second where the vocabulary is large.

    Raises:
        GgufError: the file is none, is damaged or is not complete.
        OSError: it cannot be opened or read.
    """
    with path.open("rb") as file:
        return _Reader(file).read()


class _Reader:
    """Reads on from where it is; refuses what would lead beyond the end of the file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._at = 0
        self._words: tuple[int, int] | None = None
        """Where the vocabulary begins, and how many words it has."""
        self._control: list[int] = []
        """The numbers of the tokens that are no words."""

    def read(self) -> GgufHeader:
        if self._size < len(_MAGIC) or self._take(len(_MAGIC)) != _MAGIC:
            raise GgufError("it is not a GGUF file")
        if self._number("<I") not in _VERSIONS:
            raise GgufError("its version of GGUF is not known")
        tensors = self._count(_MAX_TENSORS, "<Q")
        facts: dict[str, Fact] = {}
        lengths: dict[str, int] = {}
        for _ in range(self._count(_MAX_FACTS, "<Q")):
            key = self._name()
            kind = int(self._number("<I"))
            if kind == _ARRAY:
                lengths[key], numbers = self._array(key)
                if numbers:
                    facts[key] = numbers
            elif kind == _TEXT:
                facts[key] = self._text()
            else:
                facts[key] = self._number(_form(kind))
        return GgufHeader(facts, lengths, self._tensors(tensors), self._control_tokens())

    def _tensors(self, count: int) -> int:
        """Numbers in all tensors."""
        parameters, furthest = 0, 0
        for _ in range(count):
            self._name()
            shape = [int(self._number("<Q")) for _ in range(self._count(_MAX_DIMENSIONS, "<I"))]
            self._number("<I")
            parameters += math.prod(shape)
            furthest = max(furthest, int(self._number("<Q")))
        if count and self._at + furthest >= self._size:
            raise GgufError("it is not complete")
        return parameters

    def _control_tokens(self) -> tuple[str, ...]:
        """The file is read once more from where the vocabulary begins."""
        if self._words is None:
            return ()
        self._at, count = self._words
        self._file.seek(self._at)
        wanted = {each for each in self._control[:_MAX_CONTROL] if each < count}
        found = []
        for number in range(max(wanted, default=-1) + 1):
            length = int(self._number("<Q"))
            if number in wanted and length <= _MAX_TOKEN:
                found.append(self._take(length).decode("utf-8", "replace"))
            else:
                self._skip(length)
        return tuple(found)

    def _array(self, key: str) -> tuple[int, tuple[int | float, ...]]:
        """Its length, and its members where they are few numbers."""
        kind = int(self._number("<I"))
        count = self._count(_MAX_MEMBERS, "<Q")
        if kind == _TEXT:
            if key == _TOKENS:
                self._words = (self._at, count)
            for _ in range(count):
                self._skip(int(self._number("<Q")))
            return count, ()
        form = _form(kind)
        if key == _TOKEN_KINDS:
            kinds = struct.unpack(f"<{count}{form[1]}", self._take(count * _SIZES[kind]))
            self._control = [number for number, each in enumerate(kinds) if each in (_UNKNOWN, _CONTROL)]
            return count, ()
        if count > _KEPT_NUMBERS:
            self._skip(count * _SIZES[kind])
            return count, ()
        return count, struct.unpack(f"<{count}{form[1]}", self._take(count * _SIZES[kind]))

    def _text(self) -> str:
        length = int(self._number("<Q"))
        if length > _KEPT_TEXT:
            self._skip(length)
            return ""
        return self._take(length).decode("utf-8", "replace")

    def _name(self) -> str:
        return self._take(self._count(_MAX_NAME, "<Q")).decode("utf-8", "replace")

    def _count(self, most: int, form: str) -> int:
        found = int(self._number(form))
        if found > most:
            raise GgufError("it is damaged")
        return found

    def _number(self, form: str) -> int | float:
        (found,) = struct.unpack(form, self._take(struct.calcsize(form)))
        return found  # type: ignore[no-any-return]

    def _take(self, length: int) -> bytes:
        self._advance(length)
        data = self._file.read(length)
        if len(data) < length:  # it has become shorter meanwhile
            raise GgufError("it is not complete")
        return data

    def _skip(self, length: int) -> None:
        self._advance(length)
        self._file.seek(length, os.SEEK_CUR)

    def _advance(self, length: int) -> None:
        self._at += length
        if self._at > self._size:
            raise GgufError("it is not complete")


def _form(kind: int) -> str:
    form = _NUMBERS.get(kind)
    if form is None:
        raise GgufError("it is damaged")
    return form
