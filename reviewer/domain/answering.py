"""Who answered: whether the model that a server names is the one that was asked."""

import re
from dataclasses import dataclass
from functools import lru_cache

_DATE = re.compile(r"(?<![0-9])(?:20\d\d-?[01]\d-?[0-3]\d|[01]\d-[0-3]\d|\d{3,4}|\d{6})(?![0-9a-z.])")
"""A version: a date in one of its spellings, or a number of three, four or six digits that stands alone."""
_ALIASES = {
    *("latest", "preview", "exp", "experimental", "stable", "instruct", "chat", "it", "free"),
    *("hf", "gguf", "mlx", "awq", "gptq", "fp8", "fp16", "bf16", "int4", "int8"),
}
_QUANTIZED = re.compile(r"[-_.@:](?:ud-)?i?q\d(?:_[a-z0-9]+)*(?![a-z0-9])")
_FILE_SUFFIX = re.compile(r"\.(?:gguf|bin|safetensors)$")


@dataclass(frozen=True, slots=True)
class _Name:
    family: tuple[str, ...]
    versions: frozenset[str]


def is_same_model(asked: str, answered: str) -> bool:
    """Whether a server's name for the model that answered can be that of the one asked.

    Prefixes of providers, folders, case, ``:latest``, quantizations and a version that was left open make no
    difference: ``openai/gpt-4o`` is ``gpt-4o-2024-08-06``, and not ``gpt-4o-mini``. Of two different versions only one
    was asked.

    Args:
        asked: ``PROVIDER/NAME``.
        answered: as the server says; empty where it does not, which is no contradiction.
    """
    wanted, said = _last(asked), _last(answered)
    if not said or wanted == said:
        return True
    if (":" in wanted) != (":" in said):  # a tag that only one of them names
        wanted, said = wanted.partition(":")[0], said.partition(":")[0]
    left, right = _name(wanted), _name(said)
    are_one_version = not left.versions or not right.versions or left.versions == right.versions
    return left.family == right.family and are_one_version


@lru_cache(maxsize=256)
def answered_by(asked: str, answered: str) -> str:
    """The model that answered in place of the one asked; empty where it is the same."""
    return "" if is_same_model(asked, answered) else " ".join(answered.split())[:200]


def _last(name: str) -> str:
    """The name without its provider and folders, in lower case."""
    return name.strip().replace("\\", "/").rstrip("/").rpartition("/")[2].lower()


def _name(name: str) -> _Name:
    bare = _QUANTIZED.sub("", _FILE_SUFFIX.sub("", name))
    versions = frozenset(found.replace("-", "") for found in _DATE.findall(bare))
    words = re.split(r"[^a-z0-9]+", _DATE.sub("", bare))
    return _Name(tuple(word for word in words if word and word not in _ALIASES), versions)
