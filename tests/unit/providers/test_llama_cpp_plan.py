"""How a model file would be loaded."""

from pathlib import Path

import pytest

from reviewer.providers.gguf import GgufError
from reviewer.providers.llama_cpp_plan import Facts, read_facts
from tests.fakes.tiny_gguf import write_tiny_gguf

GIGABYTE = 1024**3


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return read_facts(write_tiny_gguf(tmp_path / "tiny.gguf", context=10_000))


def test_each_token_takes_keys_and_values_of_every_layer(facts: Facts) -> None:
    assert facts.token_memory == 2 * 2 * (8 + 8) * 2  # layers, key heads, widths, bytes


def test_context_is_what_is_wanted_and_at_most_what_was_trained(facts: Facts) -> None:
    contexts = [plan.context for wanted in (1, 8192, 100_000) if (plan := facts.plan(wanted, GIGABYTE))]

    assert contexts == [4096, 8192, 10_000]


def test_slots_are_fewer_where_memory_is_short(facts: Facts) -> None:
    def slots(available: int) -> int:
        plan = facts.plan(10_000, available)
        return plan.slots if plan else 0

    assert slots(GIGABYTE) == 4
    assert [slots(facts.memory(10_000, count)) for count in (3, 2, 1)] == [3, 2, 1]
    assert slots(facts.memory(10_000, 1) - 1) == 0


def test_description_says_whether_it_fits(facts: Facts) -> None:
    found = facts.describe()

    assert (found.name, found.architecture, found.quantisation) == ("Tiny Random", "llama", "F32")
    assert found.fits


def test_model_in_parts_counts_all_of_them(tmp_path: Path) -> None:
    first = write_tiny_gguf(tmp_path / "big-00001-of-00002.gguf")
    with pytest.raises(GgufError, match="parts"):
        read_facts(first)
    (tmp_path / "big-00002-of-00002.gguf").write_bytes(bytes(1000))

    assert read_facts(first).size == first.stat().st_size + 1000


@pytest.mark.parametrize(
    ("old", "new"), [(b"general.name", b"general.type"), (b"llama.block_count", b"llama.pooling_type")]
)
def test_file_of_another_purpose_is_no_language_model(old: bytes, new: bytes, tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "other.gguf", name="adapter")
    padded = len(new) - len(old)
    data = path.read_bytes().replace(len(old).to_bytes(8, "little") + old, len(new).to_bytes(8, "little") + new)
    path.write_bytes(data + bytes(max(0, padded) * 32))

    with pytest.raises(GgufError):
        read_facts(path)
