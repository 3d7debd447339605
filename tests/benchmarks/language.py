"""How often the language of a text is told, by its length, beside py3langid's own answer.

    python tests/benchmarks/language.py [--wrong]

Reads ``langid/`` of the shared documents: a declaration in 29 languages, section by section. Candidates are all
languages that the library knows. Indonesian and Malay count as one, and so do the forms of Norwegian and of Chinese.
Besides whole sections, their texts are cut into pieces of 40, 60 and 100 characters, wherever these end.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.classifiers.language import NgramLanguageIdentifier

SHARED = Path(os.environ.get("REVIEWER_SHARED", Path(__file__).parents[2] / "../shared")) / "data" / "langid"
ONE = {"ms": "id", "nb": "no", "nn": "no", "zh-Hans": "zh", "zh-Hant": "zh", "yue": "zh", "wuu": "zh"}
SECTIONS = ((100, 10**9), (40, 99))
CUTS = (40, 60, 100)
Text = tuple[str, str]


def texts() -> list[Text]:
    """Language and text of each section."""
    lines = (SHARED / "udhr_29lang.jsonl").read_text("utf-8").splitlines()
    return [(row["lang"], row["text"]) for row in map(json.loads, lines)]


def sections(rows: Sequence[Text], shortest: int, longest: int) -> list[Text]:
    """Whole sections of so many characters."""
    return [row for row in rows if shortest <= len(row[1]) <= longest]


def cut(rows: Sequence[Text], size: int) -> Iterator[Text]:
    """Pieces of so many characters."""
    for language, text in rows:
        for start in range(0, len(text) - size + 1, size):
            yield language, text[start : start + size]


def wrong(rows: Sequence[Text], identify: Callable[[str], tuple[str, Any]]) -> Counter[tuple[str, str]]:
    """What was told of which language, where it was not that one."""
    told = ((ONE.get(language, language), identify(text)[0]) for language, text in rows)
    return Counter((language, found) for language, found in told if ONE.get(found, found) != language)


def main() -> int:
    """Prints a line a length; ends with 1 where sections are told less often than they must be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true", help="list what is mistaken for what")
    options = parser.parse_args()
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier, rows, is_good = NgramLanguageIdentifier(), texts(), True
    print(f"{'characters':16}{'texts':>6}{'reviewer':>10}{'py3langid':>11}")
    lengths = [
        (f"{low} and more" if high > 99 else f"{low} to {high}", sections(rows, low, high)) for low, high in SECTIONS
    ]
    for name, found in (*lengths, *((f"cut to {size}", list(cut(rows, size))) for size in CUTS)):
        mistaken, theirs = wrong(found, identifier.identify), wrong(found, library.classify)
        share = 1 - mistaken.total() / len(found)
        print(f"{name:16}{len(found):6}{share:10.4f}{1 - theirs.total() / len(found):11.4f}", flush=True)
        if options.wrong:
            print("   ", ", ".join(f"{a}>{b or '?'} {count}" for (a, b), count in mistaken.most_common(12)))
        is_good = is_good and (name.startswith("cut") or share >= (0.99 if name.startswith("100") else 0.95))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
