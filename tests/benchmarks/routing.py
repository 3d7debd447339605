"""How well items are routed by the local classifier, with eight examples a category and no model.

    python tests/benchmarks/routing.py [--sets banking77 mmlu] [--seeds 3] [--examples 8]

Reads ``routing/`` of the shared documents. Each set is cut in halves (by a hash of the text, or of the article where a
set has several versions of one); for each seed, examples are drawn from the one half into a workflow file, and
``reviewer route`` is asked about the other. Beside it stand the share of the most frequent category, and the nearest
centroid of plain word counts with the same examples. Views, weights and scales of the classifier were chosen on the
first half alone: examples from it, scored on what was left of it.
"""

import argparse
import csv
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(os.environ.get("REVIEWER_SHARED", Path(__file__).parents[2] / "../shared")) / "data" / "routing"
EXAMPLES = 8


@dataclass(frozen=True)
class Row:
    """A text, its category, and what keeps versions of one text in one half."""

    text: str
    label: str
    group: str


def _csv(name: str, label: str) -> list[Row]:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return [Row(row["text"], row[label], row["text"]) for row in csv.DictReader(file)]


def _jsonl(name: str, label: str, group: str) -> list[Row]:
    lines = (SHARED / name).read_text("utf-8").splitlines()
    return [Row(row["text"], row[label], row[group]) for row in map(json.loads, lines)]


SETS: dict[str, Callable[[], list[Row]]] = {
    "banking77": lambda: _csv("banking77.csv", "label"),
    "clinc150-domain": lambda: _csv("clinc150.csv", "domain"),
    "clinc150-intent": lambda: _csv("clinc150.csv", "intent"),
    "onestopenglish": lambda: _jsonl("onestopenglish.jsonl", "level", "article"),
    "mmlu": lambda: _jsonl("school_subject_mmlu.jsonl", "subject", "text"),
}


def halves(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The half that examples are drawn from, and the half that is scored."""
    found: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        found[zlib.crc32(row.group.encode()) % 2].append(row)
    return found


def draw(rows: Sequence[Row], seed: int, count: int) -> list[Row]:
    """So many examples of each category, or all where it has fewer."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in random.Random(seed).sample(rows, len(rows)):
        if len(found[row.label]) < count:
            found[row.label].append(row)
    return [row for label in sorted(found) for row in found[label]]


def workflow_file(examples: Sequence[Row]) -> str:
    """A workflow with one route a category, described by its name and taught by its examples."""
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for row in examples:
        by_label[row.label].append(row.text)
    head = [
        'schema = "reviewer.workflow/1"\nid = "bench"\nversion = 1\ntitle = "Bench"\ndescription = "Bench."',
        'aggregate = "collect"\n[split]\nas = "auto"\nunit = "document"',
        f'[router]\nmethods = ["rules", "ml"]\ndefault = {_toml(next(iter(by_label)))}',
    ]
    routes = [
        f"[[routes]]\nid = {_toml(label)}\ndescription = {_toml(label.replace('_', ' '))}\n"
        f"examples = [{', '.join(map(_toml, texts))}]"
        for label, texts in by_label.items()
    ]
    return "\n".join((*head, *routes, ""))


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def route(examples: Sequence[Row], texts: Sequence[str]) -> list[str]:
    """The routes that the command line finds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bench.toml").write_text(workflow_file(examples), "utf-8")
        (folder / "lines").write_text("\n".join(map(json.dumps, texts)), "utf-8")
        command = [sys.executable, "-m", "reviewer", "route", "--workflow", str(folder / "bench.toml")]
        done = subprocess.run(
            [*command, "--lines", str(folder / "lines"), "--json"],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "REVIEWER_HOME": str(folder / "home")},
        )
    return [json.loads(line)["route"] for line in done.stdout.splitlines()]


def nearest_centroid(examples: Sequence[Row], texts: Sequence[str]) -> list[str]:
    """The baseline: the category whose words, plainly counted, point the most alike way."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in examples:
        words = Counter(_words(row.text))
        length = _length(words)
        for word, count in words.items():
            sums[row.label][word] += count / length  # type: ignore[assignment]  # weights, not counts
    lengths = {label: _length(total) for label, total in sums.items()}
    found = []
    for text in texts:
        words = Counter(_words(text))
        scores = {
            label: sum(count * total[word] for word, count in words.items()) / lengths[label]
            for label, total in sums.items()
        }
        found.append(max(scores, key=scores.__getitem__))
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _length(counts: Counter[str]) -> float:
    return math.sqrt(sum(count * count for count in counts.values())) or 1.0


def accuracies(rows: Sequence[Row], seed: int, count: int = EXAMPLES) -> tuple[int, float, float, float]:
    """How many texts were scored; the right share of `route`, of the majority, and of the nearest centroid."""
    first, second = halves(rows)
    examples = draw(first, seed, count)
    taught = {row.label for row in examples}
    scored = [row for row in second if row.label in taught]
    texts = [row.text for row in scored]

    def right(found: Sequence[str]) -> float:
        return sum(row.label == label for row, label in zip(scored, found, strict=True)) / len(scored)

    majority = Counter(row.label for row in scored).most_common(1)[0][1] / len(scored)
    return len(scored), right(route(examples, texts)), majority, right(nearest_centroid(examples, texts))


def main() -> int:
    """Prints a line a set; ends with 1 where `route` is not better than both baselines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    options = parser.parse_args()
    print(f"{'set':18}{'texts':>6}{'route':>8}{'majority':>10}{'centroid':>10}{'lowest':>8}   seconds")
    is_better = True
    for name in options.sets:
        rows, start = SETS[name](), time.perf_counter()
        found = [accuracies(rows, seed, options.examples) for seed in range(options.seeds)]
        means = [sum(each[column] for each in found) / len(found) for column in (1, 2, 3)]
        lowest = min(each[1] for each in found)
        is_better = is_better and means[0] > max(means[1:])
        figures = f"{means[0]:8.3f}{means[1]:10.3f}{means[2]:10.3f}{lowest:8.3f}"
        print(f"{name:18}{found[0][0]:6}{figures}   {time.perf_counter() - start:.1f}", flush=True)
    return 0 if is_better else 1


if __name__ == "__main__":
    sys.exit(main())
