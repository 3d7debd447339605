"""Headers of model files: those of models, and those of files that only pretend."""

import random
import struct
from pathlib import Path

import pytest

from reviewer.providers.gguf import GgufError, read_gguf
from reviewer.providers.llama_cpp_plan import read_facts
from tests.fakes.tiny_gguf import OWN_TOKEN, write_tiny_gguf


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("model") / "tiny.gguf", context=2048)


def test_header_says_what_the_model_is(gguf: Path) -> None:
    header = read_gguf(gguf)

    assert header.architecture == "llama"
    assert header.text("general.name") == "Tiny Random"
    assert header.of_model("context_length") == 2048
    assert header.of_model("attention.head_count_kv") == 2
    assert header.lengths["tokenizer.ggml.tokens"] > 256
    assert 0 < header.parameters < gguf.stat().st_size // 4


def test_control_tokens_are_told_and_words_are_not(gguf: Path) -> None:
    assert read_gguf(gguf).control == ("<unk>", "<s>", "</s>", OWN_TOKEN)


def _listed(order: tuple[str, ...], kinds: list[int], words: list[bytes]) -> bytes:
    """A file that holds only a vocabulary, its lists in this order."""
    texts = b"".join(struct.pack("<Q", len(each)) + each for each in words)
    parts = {
        "tokens": (8, len(words), texts),
        "token_type": (5, len(kinds), struct.pack(f"<{len(kinds)}i", *kinds)),
    }
    body = b""
    for name in order:
        key = f"tokenizer.ggml.{name}".encode()
        kind, count, data = parts[name]
        body += struct.pack("<Q", len(key)) + key + struct.pack("<IIQ", 9, kind, count) + data
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(order)) + body


@pytest.mark.parametrize(
    ("order", "kinds", "found"),
    [
        (("tokens", "token_type"), [1, 3, 2], ("<|end|>", "?")),
        (("token_type", "tokens"), [3, 1, 1], ("a",)),
        (("tokens", "token_type"), [1, 1, 1, 3, 3], ()),  # kinds of words that are not there
        (("tokens",), [], ()),
        (("token_type",), [3, 3], ()),
    ],
)
def test_control_tokens_are_those_that_their_kind_says(
    tmp_path: Path, order: tuple[str, ...], kinds: list[int], found: tuple[str, ...]
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(_listed(order, kinds, [b"a", b"<|end|>", b"?"]))
    assert read_gguf(path).control == found


def test_missing_and_wrong_facts_read_as_nothing(gguf: Path) -> None:
    header = read_gguf(gguf)

    assert header.text("general.context") == ""
    assert header.number("general.name", 7) == 7
    assert header.number("tokenizer.ggml.tokens") == 0


@pytest.mark.parametrize("data", [b"", b"GG", b"GGUF", b"%PDF-1.7", b"GGUF" + struct.pack("<IQQ", 3, 1, 1)])
def test_other_files_are_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)

    with pytest.raises(GgufError):
        read_gguf(path)


@pytest.mark.parametrize(
    "head",
    [
        struct.pack("<IQQ", 3, 2**63, 0),  # tensors
        struct.pack("<IQQ", 3, 0, 2**63),  # facts
        struct.pack("<IQQQ", 3, 0, 1, 2**62),  # the length of a name
        struct.pack("<IQQQ1sIQ", 3, 0, 1, 1, b"a", 8, 2**62),  # the length of a text
        struct.pack("<IQQQ1sIIQ", 3, 0, 1, 1, b"a", 9, 4, 2**62),  # the length of a list
        struct.pack("<IQQQ1sIIQ", 3, 0, 1, 1, b"a", 9, 9, 1),  # a list of lists
        struct.pack("<IQQQ1sI", 3, 0, 1, 1, b"a", 99),  # a kind that is none
        struct.pack("<IQQ", 1, 0, 0),  # a version that is none
    ],
)
def test_numbers_that_promise_too_much_are_refused(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF" + head + bytes(64))

    with pytest.raises(GgufError):
        read_gguf(path)


def test_half_a_download_is_not_complete(gguf: Path, tmp_path: Path) -> None:
    path = tmp_path / "half.gguf"
    for share in (0.01, 0.1, 0.5):
        path.write_bytes(gguf.read_bytes()[: int(gguf.stat().st_size * share)])
        with pytest.raises(GgufError, match="not complete"):
            read_gguf(path)


def test_no_damage_makes_the_reader_fail_in_another_way(gguf: Path, tmp_path: Path) -> None:
    whole, chance, path = gguf.read_bytes(), random.Random(3), tmp_path / "damaged.gguf"
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(12_000)] = chance.randrange(256)
        path.write_bytes(data)
        try:
            facts = read_facts(path)
            facts.describe()
            facts.plan(10_000, 8 * 1024**3)
        except GgufError:
            continue
