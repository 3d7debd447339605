"""How well the built-in labeller finds the clause categories of CUAD, beside a baseline of the categories' names.

    python tests/benchmarks/labels_cuad.py [--categories] [--wrong "Change of Control"] [--contracts 60]

Reads ``contracts/cuad_dev60.jsonl`` of the shared documents. Two levels: does a contract hold the category at all, and
is a paragraph (of 40 characters and more) of it. A paragraph is of a category where it overlaps a span of that
category, or holds the words of a longer span. The baseline takes a paragraph for a category when it has all words of
its name. *Document Name* is left out, as it is found by the kind of section, which a paragraph has not.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.assets import asset_text
from reviewer.domain.anchor import TextSpan
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.handlers.builtin.label import LabelHandler

MIN_PARAGRAPH_CHARS = 40
MIN_SPAN_CHARS = 40
NOT_MEASURED = {"document name"}
Predict = Callable[[str], set[str]]


class Score:
    """True and false positives and false negatives of one category."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, *, gold: bool, found: bool) -> None:
        """Counts one decision."""
        self.counts["tp" if gold and found else "fp" if found else "fn" if gold else "tn"] += 1

    def figures(self) -> tuple[float, float, float]:
        """Precision, recall and F1; 0 where there is nothing to divide by."""
        tp, fp, fn = (self.counts[name] for name in ("tp", "fp", "fn"))
        precision = tp / (tp + fp) if tp + fp else 0.0
        recall = tp / (tp + fn) if tp + fn else 0.0
        return precision, recall, 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def labeller(categories: set[str]) -> Predict:
    """The built-in labels of a paragraph."""
    handler = LabelHandler(asset_text("labels", "labels.toml"))

    def predict(text: str) -> set[str]:
        item = Item(None, None, SectionKind.CLAUSE, heading(text), "", text, TextSpan(0, len(text)))
        names = {
            judgement.criterion.removeprefix("label:") for judgement in handler.answer(Task("label", item, Context()))
        }
        return {name.casefold() for name in names} & categories

    return predict


def heading(text: str) -> str:
    """The beginning of a paragraph, where it looks like a heading."""
    match = re.match(
        r"\s*(?:(?:Section|Article)\s+)?(?:[\dIVX]+(?:\.\d+)*\.?)?\s*([A-Z][\w ,'/&-]{2,60})(?:[.:\n]|$)", text
    )
    return match[1].strip() if match else ""


def name_words(categories: set[str]) -> Predict:
    """The baseline: all words of a category's name."""
    words = {
        name: [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in re.findall(r"\w+", name) if len(word) > 3]
        for name in categories
    }

    def predict(text: str) -> set[str]:
        return {name for name, patterns in words.items() if patterns and all(each.search(text) for each in patterns)}

    return predict


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text that are long enough."""
    for match in re.finditer(r"\S[\s\S]*?(?=\n\s*\n|\Z)", text):
        if len(match[0]) >= MIN_PARAGRAPH_CHARS:
            yield match.span()


def gold_of(row: dict[str, Any], start: int, end: int) -> set[str]:
    """The categories of a paragraph."""
    text = row["text"][start:end]
    found = set()
    for span in row["spans"]:
        inside = span["n_occ"] == 1 and max(start, span["start"]) < min(end, span["end"])
        if inside or (len(span["text"]) >= MIN_SPAN_CHARS and span["text"] in text):
            found.add(span["category"].casefold())
    return found


def measure(rows: list[dict[str, Any]], predict: Predict, categories: set[str]) -> dict[str, dict[str, Score]]:
    """Scores by level and category."""
    scores: dict[str, dict[str, Score]] = {"contract": defaultdict(Score), "paragraph": defaultdict(Score)}
    for row in rows:
        somewhere: set[str] = set()
        for start, end in paragraphs(row["text"]):
            gold, found = gold_of(row, start, end), predict(row["text"][start:end])
            somewhere |= found
            for name in categories:
                scores["paragraph"][name].add(gold=name in gold, found=name in found)
        held = {span["category"].casefold() for span in row["spans"]}
        for name in categories:
            scores["contract"][name].add(gold=name in held, found=name in somewhere)
    return scores


def summary(scores: dict[str, Score]) -> str:
    """Macro and micro figures in one line."""
    total = Score()
    for score in scores.values():
        total.counts.update(score.counts)
    named = [score.figures() for score in scores.values() if score.counts["tp"] + score.counts["fn"]]
    macro = [sum(figure) / len(named) for figure in zip(*named, strict=True)]
    micro = total.figures()
    return (
        f"macro P {macro[0]:.2f} R {macro[1]:.2f} F1 {macro[2]:.3f}   "
        f"micro P {micro[0]:.2f} R {micro[1]:.2f} F1 {micro[2]:.3f}"
    )


def show_wrong(rows: list[dict[str, Any]], predict: Predict, category: str) -> None:
    """Prints the beginning of paragraphs that are missed or wrongly taken."""
    for row in rows:
        for start, end in paragraphs(row["text"]):
            text = row["text"][start:end]
            is_gold, is_found = category in gold_of(row, start, end), category in predict(text)
            if is_gold != is_found:
                print("missed" if is_gold else "wrong ", row["id"], " ".join(text.split())[:400])


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--categories", action="store_true", help="also a line a category")
    parser.add_argument("--wrong", default="", help="print what is wrong for this category")
    parser.add_argument("--contracts", type=int, default=60)
    options = parser.parse_args()
    beside = Path(__file__).parents[2] / ".." / "shared" / "data"
    data = Path(os.environ.get("REVIEWER_SHARED_DATA", beside)) / "contracts" / "cuad_dev60.jsonl"
    rows = [json.loads(line) for line in data.read_text(encoding="utf-8").split("\n") if line][: options.contracts]
    categories = {name.casefold() for row in rows for name in row["answers"]} - NOT_MEASURED
    categories |= {span["category"].casefold() for row in rows for span in row["spans"]} - NOT_MEASURED
    if options.wrong:
        show_wrong(rows, labeller(categories), options.wrong.casefold())
        return
    for title, predict in (("labels", labeller(categories)), ("name words", name_words(categories))):
        scores = measure(rows, predict, categories)
        for level in ("contract", "paragraph"):
            print(f"{title:11} {level:10} {summary(scores[level])}")
        if options.categories and title == "labels":
            for name in sorted(categories):
                contract, paragraph = scores["contract"][name].figures(), scores["paragraph"][name].figures()
                gold = scores["contract"][name].counts["tp"] + scores["contract"][name].counts["fn"]
                print(
                    f"  {name:36} contracts {gold:3}  P {contract[0]:.2f} R {contract[1]:.2f} F1 {contract[2]:.2f}"
                    f"   paragraphs P {paragraph[0]:.2f} R {paragraph[1]:.2f} F1 {paragraph[2]:.2f}"
                )


if __name__ == "__main__":
    main()
