"""How well the built-in labeller finds the clause categories of CUAD, beside a baseline of the categories' names.

    python tests/benchmarks/labels_cuad.py [--half even|odd] [--categories] [--wrong "Change of Control"]

Reads ``contracts/cuad_dev60.jsonl`` of the shared documents, and cuts each contract as the program does. Two levels:
does a contract hold the category at all, and is a clause (a section's own words, 40 characters and more) of it. A
clause is of a category where it overlaps a span of that category, or holds the words of a longer span. A short
span that occurs more than once stands somewhere, nobody knows where: clauses that hold it are not
counted for that category.

The signs were written on the *even* half (the first contract, the third ...) and are judged on the *odd* one, whose
mistakes nobody looked at; without ``--half`` both are printed, and all together. The baseline takes a clause for a
category when it has all words of the category's name.
"""

import argparse
import asyncio
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.assets import asset_text
from reviewer.bootstrap import open_reader
from reviewer.domain.category import match
from reviewer.domain.category_file import read_categories
from reviewer.domain.clause import Clause, clauses_of
from reviewer.domain.document import SourceFile
from reviewer.domain.projection import project
from reviewer.domain.section import SplitAs
from reviewer.services.container import Reader

MIN_CLAUSE_CHARS = 40
MIN_SPAN_CHARS = 40
Predict = Callable[[Clause], dict[str, str]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract with its annotation, as it was cut."""

    row: Row
    clauses: tuple[Clause, ...]


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


def read(rows: Sequence[Row]) -> list[Contract]:
    """The contracts, parsed and cut as ``reviewer split`` does it."""

    async def cut(reader: Reader) -> list[Contract]:
        found = []
        for row in rows:
            document = await reader.library.read(SourceFile(f"{row['id']}.txt", row["text"].encode()))
            sections = reader.library.split(document, SplitAs.CONTRACT)
            found.append(Contract(row, clauses_of(project(document), sections)))
        return found

    with open_reader() as reader:
        return asyncio.run(cut(reader))


def labeller(categories: set[str]) -> Predict:
    """The built-in labels of a clause, with their reasons."""
    known = [
        each for each in read_categories(asset_text("labels", "labels.toml")) if each.name.casefold() in categories
    ]
    return lambda clause: {found.category.casefold(): found.reason for found in match(clause, known)}


def name_words(categories: set[str]) -> Predict:
    """The baseline: all words of a category's name."""
    words = {
        name: [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in re.findall(r"\w+", name) if len(word) > 3]
        for name in categories
    }

    def predict(clause: Clause) -> dict[str, str]:
        text = clause.text
        return {name: "its words" for name, each in words.items() if each and all(word.search(text) for word in each)}

    return predict


def gold_of(row: Row, clause: Clause) -> tuple[set[str], set[str]]:
    """The categories of a clause, and those of which nobody knows."""
    start, end = clause.span.start, clause.span.end
    found, unknown = set(), set()
    for span in row["spans"]:
        name = span["category"].casefold()
        inside = span["n_occ"] == 1 and max(start, span["start"]) < min(end, span["end"])
        if inside or (len(span["text"]) >= MIN_SPAN_CHARS and span["text"] in clause.text):
            found.add(name)
        elif span["n_occ"] > 1 and span["text"] in clause.text:
            unknown.add(name)
    return found, unknown - found


def measure(contracts: Sequence[Contract], predict: Predict, categories: set[str]) -> dict[str, dict[str, Score]]:
    """Scores by level and category."""
    scores: dict[str, dict[str, Score]] = {"contract": defaultdict(Score), "clause": defaultdict(Score)}
    for contract in contracts:
        somewhere: set[str] = set()
        for clause in contract.clauses:
            gold, unknown = gold_of(contract.row, clause)
            found = predict(clause)
            somewhere |= found.keys()
            if len(clause.text) < MIN_CLAUSE_CHARS and not gold:
                continue
            for name in categories - unknown:
                scores["clause"][name].add(gold=name in gold, found=name in found)
        held = {span["category"].casefold() for span in contract.row["spans"]}
        for name in categories:
            scores["contract"][name].add(gold=name in held, found=name in somewhere)
    return scores


def summary(scores: dict[str, Score]) -> str:
    """Macro figures over the categories present, and micro figures, in one line."""
    total = Score()
    for score in scores.values():
        total.counts.update(score.counts)
    named = [score.figures() for score in scores.values() if score.counts["tp"] + score.counts["fn"]]
    macro = [sum(figure) / len(named) for figure in zip(*named, strict=True)]
    micro = total.figures()
    return (
        f"macro P {macro[0]:.2f} R {macro[1]:.2f} F1 {macro[2]:.3f} ({len(named)} categories)   "
        f"micro P {micro[0]:.2f} R {micro[1]:.2f} F1 {micro[2]:.3f}"
    )


def show_wrong(contracts: Sequence[Contract], predict: Predict, category: str) -> None:
    """Prints the beginning of clauses that are missed or wrongly taken, and why."""
    for contract in contracts:
        for clause in contract.clauses:
            gold, unknown = gold_of(contract.row, clause)
            found = predict(clause)
            if category not in unknown and (category in gold) != (category in found):
                kind = "missed" if category in gold else "wrong "
                print(kind, contract.row["id"], found.get(category, ""), "|", " ".join(clause.text.split())[:300])


def show(title: str, contracts: Sequence[Contract], categories: set[str], *, each: bool) -> None:
    """Prints the figures of some contracts."""
    for name, predict in (("labels", labeller(categories)), ("name words", name_words(categories))):
        scores = measure(contracts, predict, categories)
        for level in ("contract", "clause"):
            print(f"{title:5} {name:11} {level:9} {summary(scores[level])}")
        if each and name == "labels":
            show_categories(scores)


def show_categories(scores: dict[str, dict[str, Score]]) -> None:
    """Prints a line a category."""
    for name in sorted(scores["clause"]):
        contract, clause = scores["contract"][name].figures(), scores["clause"][name].figures()
        counts = scores["clause"][name].counts
        print(
            f"  {name:36} contracts P {contract[0]:.2f} R {contract[1]:.2f} F1 {contract[2]:.2f}"
            f"   clauses {counts['tp'] + counts['fn']:4}  P {clause[0]:.2f} R {clause[1]:.2f} F1 {clause[2]:.2f}"
        )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--half", choices=("even", "odd"), help="only these contracts")
    parser.add_argument("--categories", action="store_true", help="also a line a category")
    parser.add_argument("--wrong", default="", help="print what is wrong for this category, on the even half")
    options = parser.parse_args()
    beside = Path(__file__).parents[2] / ".." / "shared" / "data"
    data = Path(os.environ.get("REVIEWER_SHARED_DATA", beside)) / "contracts" / "cuad_dev60.jsonl"
    rows = [json.loads(line) for line in data.read_text(encoding="utf-8").split("\n") if line]
    categories = {span["category"].casefold() for row in rows for span in row["spans"]}
    contracts = read(rows)
    halves = {"even": contracts[0::2], "odd": contracts[1::2]}
    if options.wrong:
        show_wrong(halves["even"], labeller(categories), options.wrong.casefold())
        return
    for title, some in halves.items() if options.half is None else [(options.half, halves[options.half])]:
        show(title, some, categories, each=options.categories)
    if options.half is None:
        show("all", contracts, categories, each=False)


if __name__ == "__main__":
    main()
