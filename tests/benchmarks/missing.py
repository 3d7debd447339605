"""How often the built-in checks would call a clause missing that is there, beside a keyword search.

    python tests/benchmarks/missing.py [--half even|odd] [--wrong]

Reads ``contracts/cuad_dev60.jsonl`` of the shared documents and cuts each contract as the program does. A pair is a
contract and one of CUAD's categories; it is *present* where CUAD annotates a span of it, else *absent* (which CUAD's
annotators may have overlooked). For each pair the program's search for what may be missing is run, with the category
alone, as no playbook asks. Printed are the shares of present and of absent pairs for which it says *missing*: the
first is the mistake that counts, the second says that it does not buy this by never saying so. The keyword search says
*missing* where the text does not hold all words of the category's name. The signs of the categories were written on
the *even* half.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.assets import asset_text
from reviewer.domain.absence import Search, Subject
from reviewer.domain.category import Category
from reviewer.domain.category_file import read_categories
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Signals
from tests.benchmarks.labels_cuad import Contract, read


def has_all_words(name: str, text: str) -> bool:
    """The keyword search."""
    words = [each for each in re.findall(r"\w+", name) if len(each) > 3]
    return all(re.search(rf"\b{re.escape(each)}", text, re.IGNORECASE) for each in words)


def measure(title: str, contracts: list[Contract], categories: list[Category], *, is_wrong_shown: bool) -> None:
    """Prints the shares of some contracts."""
    ours: dict[bool, Counter[Outcome]] = {True: Counter(), False: Counter()}
    keyword: dict[bool, int] = defaultdict(int)
    for contract in contracts:
        text = contract.row["text"]
        search = Search(text, contract.clauses)
        held = {span["category"].casefold() for span in contract.row["spans"]}
        for category in categories:
            is_present = category.name.casefold() in held
            proof = search.prove(Subject(Signals(), category))
            ours[is_present][proof.outcome] += 1
            keyword[is_present] += not has_all_words(category.name, text)
            if is_wrong_shown and is_present and proof.outcome is Outcome.MISSING:
                spans = [
                    each["text"]
                    for each in contract.row["spans"]
                    if each["category"].casefold() == category.name.casefold()
                ]
                print("missing", contract.row["id"], category.name, "|", " ".join(spans[0].split())[:200])
    for is_present, name in ((True, "present"), (False, "absent")):
        total = sum(ours[is_present].values())
        shares = ", ".join(f"{outcome} {count / total:.1%}" for outcome, count in ours[is_present].most_common())
        print(
            f"{title:5} {name:8} {total:5} pairs   {shares}   keyword search: missing {keyword[is_present] / total:.1%}"
        )


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--half", choices=("even", "odd"), help="only these contracts")
    parser.add_argument("--wrong", action="store_true", help="print what is wrongly called missing")
    options = parser.parse_args()
    beside = Path(__file__).parents[2] / ".." / "shared" / "data"
    data = Path(os.environ.get("REVIEWER_SHARED_DATA", beside)) / "contracts" / "cuad_dev60.jsonl"
    contracts = read([json.loads(line) for line in data.read_text(encoding="utf-8").split("\n") if line])
    published = {each.casefold() for contract in contracts for each in contract.row["answers"]}
    published |= {span["category"].casefold() for contract in contracts for span in contract.row["spans"]}
    known = read_categories(asset_text("labels", "labels.toml"))
    categories = [each for each in known if each.name.casefold() in published]
    halves = {"even": contracts[0::2], "odd": contracts[1::2]}
    for title, some in halves.items() if options.half is None else [(options.half, halves[options.half])]:
        measure(title, some, categories, is_wrong_shown=options.wrong)
    if options.half is None:
        measure("all", contracts, categories, is_wrong_shown=False)


if __name__ == "__main__":
    main()
