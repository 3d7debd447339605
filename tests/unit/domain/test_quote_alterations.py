"""A small sample of `tests/benchmarks/quotes.py`, which says what is measured and how."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reviewer.domain.citation import QuoteStatus

_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def quotes() -> ModuleType:
    """The benchmark as a module; it imports its generator by name."""
    for name in ("quote_alterations", "quotes"):
        spec = importlib.util.spec_from_file_location(name, _BENCHMARKS / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules["quotes"]


@pytest.mark.data
def test_gate_takes_no_alteration_of_real_sentences_and_misses_few_that_are_only_set_otherwise(
    quotes: ModuleType, shared_data: Path
) -> None:
    rights = [json.loads(line) for line in (shared_data / "langid/udhr_29lang.jsonl").read_text("utf-8").splitlines()]
    texts = [
        ("en", quotes.read_source(name, "en", (shared_data / "contracts" / name).read_text("utf-8", "replace")))
        for name in ("cuad-113.txt", "commonpaper_CSA.md")
    ]
    for code in ("de", "fr", "es", "zh-Hans"):
        text = "\n\n".join(each["text"] for each in rights if each["lang"] == code)
        texts.append((code[:2], quotes.read_source(code, code[:2], text)))

    judged, harmless = quotes.measure(texts, 400, seed=7)

    rows = [(kind, *row) for (_, kind), found in judged.items() for row in found]
    assert len(rows) >= 400
    assert [row for row in rows if row[3] is not QuoteStatus.UNVERIFIED] == []
    answers = [(kind, *each) for (_, kind), found in harmless.items() for each in found]
    missed = [each for each in answers if not each[2]]
    assert len(missed) <= 0.03 * len(answers), missed
