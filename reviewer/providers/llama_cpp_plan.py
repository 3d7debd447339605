"""How a model file is loaded: how much context, how many questions at once, and whether there is memory for it."""

import re
from dataclasses import dataclass
from pathlib import Path

import psutil

from reviewer.domain.chat import ChatRequest
from reviewer.domain.model_file import ModelFile
from reviewer.providers.gguf import GgufError, GgufHeader, read_gguf

SLOTS = 4
_SMALLEST_CONTEXT = 4096
_UNKNOWN_CONTEXT = 8192
"""Where a file does not say what it was trained for."""
_BYTES_PER_TOKEN = 3
"""Of a first guess: whoever loads the model is told by it how many tokens there are, and may load it anew."""
_RUNTIME_BYTES = 256 * 1024 * 1024
_BATCH = 512
_CACHE_NUMBER, _RESULT_NUMBER = 2, 4  # bytes
_PART = re.compile(r"-00001-of-(\d{5})\.gguf$")
_QUANTISATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How the model is loaded.

    Attributes:
        context: tokens of one question and its answer.
        slots: questions answered at once.
        memory: bytes it takes, about.
    """

    context: int
    slots: int
    threads: int
    memory: int


@dataclass(frozen=True, slots=True)
class Facts:
    """A model file as its header describes it.

    Attributes:
        size: bytes, with the further parts of a model in several files.
        context: tokens it was trained for.
        token_memory: bytes of memory that each token of context takes.
        base_memory: bytes it takes besides.
    """

    name: str
    size: int
    header: GgufHeader
    context: int
    token_memory: int
    base_memory: int

    def memory(self, context: int, slots: int) -> int:
        """Bytes the loaded model takes, about."""
        return self.base_memory + self.token_memory * context * slots

    def plan(self, wanted: int, available: int) -> Plan | None:
        """The plan with the most slots, up to `SLOTS`, that fits into memory; None where not even one does.

        Args:
            wanted: tokens of context; no more than the model was trained for are given.
            available: bytes of memory.
        """
        context = min(max(wanted, _SMALLEST_CONTEXT), self.context)
        threads = max(1, (psutil.cpu_count(logical=False) or psutil.cpu_count() or 1) - 1)
        for slots in range(SLOTS, 0, -1):
            memory = self.memory(context, slots)
            if memory <= available:
                return Plan(context, slots, threads, memory)
        return None

    def describe(self) -> ModelFile:
        """The same for people, with the memory as it is now."""
        return ModelFile(
            self.header.text("general.name") or self.name,
            self.size,
            self.header.architecture,
            _QUANTISATIONS.get(self.header.number("general.file_type", -1), ""),
            self.header.parameters,
            self.context,
            self.memory(min(_SMALLEST_CONTEXT, self.context), 1),
            available_memory(),
        )


def read_facts(path: Path) -> Facts:
    """Reads the header of a model file.

    Raises:
        GgufError: it is no model that answers.
        OSError: it cannot be opened or read.
    """
    header = read_gguf(path)
    if header.text("general.type") not in {"", "model"} or not header.architecture:
        raise GgufError("it holds no language model")
    if header.of_model("pooling_type"):
        raise GgufError("its model compares texts and does not write any")
    layers, width = header.of_model("block_count"), header.of_model("embedding_length")
    heads = max(1, header.of_model("attention.head_count", 1))
    key_heads = header.of_model("attention.head_count_kv", heads)
    key = header.of_model("attention.key_length", width // heads)
    value = header.of_model("attention.value_length", width // heads)
    results = _BATCH * header.lengths.get("tokenizer.ggml.tokens", 0) * _RESULT_NUMBER
    size = _size(path)
    return Facts(
        path.name,
        size,
        header,
        header.of_model("context_length") or _UNKNOWN_CONTEXT,
        layers * key_heads * (key + value) * _CACHE_NUMBER,
        size + results + _RUNTIME_BYTES,
    )


def available_memory() -> int:
    """Bytes that programs can have now."""
    return int(psutil.virtual_memory().available)


def context_for(request: ChatRequest) -> int:
    """Tokens that will probably hold a request and its reply: a power of two."""
    size = len(request.system.encode("utf-8", "replace")) + len(request.user.encode("utf-8", "replace"))
    return rounded(size // _BYTES_PER_TOKEN + request.max_tokens)


def rounded(tokens: int) -> int:
    """A context that holds so many: a power of two, so that the model is seldom loaded anew."""
    return max(_SMALLEST_CONTEXT, 1 << (tokens - 1).bit_length())


def _size(path: Path) -> int:
    """Bytes of a file, and of those that belong to the same model."""
    found = _PART.search(path.name)
    if found is None:
        return path.stat().st_size
    count, stem = int(found[1]), path.name[: found.start()]
    parts = [path.with_name(f"{stem}-{part:05d}-of-{count:05d}.gguf") for part in range(1, count + 1)]
    if not all(part.exists() for part in parts):
        raise GgufError(f"of its {count} parts not all are there")
    return sum(part.stat().st_size for part in parts)
