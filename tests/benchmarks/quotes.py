"""How the quote gate judges altered quotes, and true ones that are set otherwise, in the shared data's documents.

    python tests/benchmarks/quotes.py [--alterations N] [--seed N] [--show KIND] [--only TEXT]

Prints a table: for each kind of alteration how many were called *verified* or *near* (both must be none), and for each
harmless change how many true quotes were missed. Sentences come from contracts and papers as the parser reads them, and
from the Declaration of Human Rights in Chinese and Spanish. The alterations are those of ``quote_alterations.py``.
"""

import argparse
import json
import os
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import quote_alterations

from reviewer.domain.citation import QuoteStatus
from reviewer.domain.document import SourceFile
from reviewer.domain.projection import project
from reviewer.domain.quote import QuoteGate
from reviewer.parsing.parser import IsolatedDocumentParser

DATA = Path(os.environ.get("REVIEWER_SHARED_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
FILES = {
    "en contracts": (
        "contracts/cuad-003.pdf contracts/cuad-046.pdf contracts/cuad-113.pdf contracts/cuad-325.pdf "
        "contracts/cuad-365.pdf contracts/cuad-460.pdf contracts/common-paper-csa-with-sla.docx "
        "contracts/common-paper-software-license-agreement.docx contracts/bonterms-mutual-nda.docx "
        "contracts/commonpaper_CSA.md contracts/openagreements-founder-stock-repurchase-agreement.docx "
        "contracts/openagreements-restrictive-covenant-florida.docx contracts/accord_supplyagreement.md"
    ),
    "de contracts": "contracts/cc_by_4.0_de.html contracts/mozilla_subscription_services_tos_de.pdf",
    "fr contracts": "contracts/cc_by_4.0_fr.html contracts/mozilla_subscription_services_tos_fr.pdf",
    "zh contracts": "contracts/mozilla_subscription_services_tos_zh-CN.pdf",
}
MIN_CHARS, MAX_CHARS, MIN_WORDS = 40, 400, 8
Shelf = list["Source"]


@dataclass(frozen=True)
class Source:
    """A text, its sentences as they stand, and its capitalised terms."""

    name: str
    language: str
    text: str
    sentences: tuple[str, ...]
    names: tuple[str, ...]


def read_source(name: str, language: str, text: str) -> Source:
    """A text cut into sentences where a stop is followed by white space; Chinese ones by stops alone."""
    cut = r"(?<=[。；])" if language == "zh" else r"(?<=[.;])\s+(?=[A-ZÄÖÜÉ(])|\n\s*\n"
    found = [each.strip() for each in re.split(cut, text)]
    least = 15 if language == "zh" else MIN_CHARS
    whole = [each for each in found if least <= len(each) <= MAX_CHARS and _is_prose(each, language)]
    terms = Counter(re.findall(r"(?<=[a-z,] )[A-ZÄÖÜÉ][a-zäöüéè]{3,}(?: [A-ZÄÖÜÉ][a-zäöüéè]{3,})?", text))
    names = [each for each, count in terms.items() if count > 1] if language != "zh" else []
    return Source(name, language, text, tuple(dict.fromkeys(whole)), tuple(names))


def _is_prose(words: str, language: str) -> bool:
    if language == "zh":
        return True
    return len(words.split()) >= MIN_WORDS and sum(map(str.isalpha, words)) > 0.6 * len(words)


def shelf(data: Path, files: dict[str, str], papers: int) -> Iterator[tuple[str, Source]]:
    """Groups and their texts."""
    parser = IsolatedDocumentParser(max_workers=1)
    try:
        listed = [(group, name) for group, names in files.items() for name in names.split()]
        listed += [("en papers", f"papers/{each.name}") for each in sorted((data / "papers").glob("*.pdf"))[:papers]]
        for group, name in listed:
            document = parser.parse(SourceFile(name, (data / name).read_bytes()))
            yield group, read_source(name, group[:2], project(document).text)
    finally:
        parser.close()
    rights = [json.loads(line) for line in (data / "langid/udhr_29lang.jsonl").read_text("utf-8").splitlines()]
    for code in ("de", "fr", "es", "zh-Hans"):
        text = "\n\n".join(each["text"] for each in rights if each["lang"] == code)
        yield f"{code[:2]} rights", read_source(f"udhr {code}", code[:2], text)


def alterations_of(each: Source, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Kind, sentence and altered words of one text; none that the text happens to hold as well."""
    flat = _flat(each.text)
    for at, sentence in enumerate(each.sentences):
        made = list(quote_alterations.altered(sentence, each.language, each.names, dice))
        if each.language != "zh" and len(each.sentences) > 1:
            other = each.sentences[(at + dice.randrange(1, len(each.sentences))) % len(each.sentences)]
            if sentence.split()[:4] != other.split()[:4]:  # else both may be true: a list whose items begin alike
                made += [
                    ("splice", quote_alterations.spliced(sentence, other)),
                    ("splice with an ellipsis", quote_alterations.spliced(sentence, other, " ... ")),
                ]
        for kind, words in made:
            if _flat(words) not in flat and _flat(words) != _flat(sentence):
                yield kind, sentence, words


def _flat(words: str) -> str:
    """For telling whether the text holds the words: letters, digits and signs, no white space, no case."""
    return "".join(words.split()).lower().strip(".,;:\"'“”")


def measure(
    texts: Sequence[tuple[str, Source]], wanted: int, seed: int
) -> tuple[dict[tuple[str, str], list[tuple[str, str, QuoteStatus]]], dict[tuple[str, str], list[tuple[str, bool]]]]:
    """What the gate says of ``wanted`` alterations (spread evenly over kinds and groups), and of harmless changes."""
    dice = random.Random(seed)
    heaps: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for index, (group, each) in enumerate(texts):
        for kind, sentence, words in alterations_of(each, dice):
            heaps[group, kind].append((index, sentence, words))
    gates = [QuoteGate(each.text) for _, each in texts]
    share = max(1, wanted // max(1, len(heaps)))
    while sum(min(len(heap), share) for heap in heaps.values()) < wanted and any(
        len(h) > share for h in heaps.values()
    ):
        share += 1
    judged: dict[tuple[str, str], list[tuple[str, str, QuoteStatus]]] = {}
    for key, heap in sorted(heaps.items()):
        chosen = dice.sample(heap, min(len(heap), share))
        judged[key] = [(sentence, words, gates[at].check(words).status) for at, sentence, words in chosen]
    return judged, _harmless(texts, gates, dice, max(2, wanted // 400))


def _harmless(
    texts: Sequence[tuple[str, Source]], gates: Sequence[QuoteGate], dice: random.Random, a_text: int
) -> dict[tuple[str, str], list[tuple[str, bool]]]:
    found: dict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for (group, each), gate in zip(texts, gates, strict=True):
        for kind, change in quote_alterations.BENIGN.items():
            for sentence in dice.sample(each.sentences, min(len(each.sentences), a_text)):
                words = change(sentence, dice)
                if words != sentence or kind == "as it stands":
                    found[group, kind].append((words, gate.check(words).status is QuoteStatus.VERIFIED))
    return found


def main() -> None:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--alterations", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--papers", type=int, default=8)
    arguments.add_argument("--show", default="", help="print the failures whose kind holds this; 'all' for all")
    arguments.add_argument("--only", default="", help="groups whose name holds this")
    chosen = arguments.parse_args()
    files = {group: names for group, names in FILES.items() if chosen.only in group}
    papers = chosen.papers if chosen.only in "en papers" else 0
    texts = [each for each in shelf(DATA, files, papers) if chosen.only in each[0]]
    judged, harmless = measure(texts, chosen.alterations, chosen.seed)
    print(f"{'group':13} {'alteration':26} {'tried':>6} {'verified':>9} {'near':>6}")
    totals: Counter[str] = Counter()
    for (group, kind), rows in judged.items():
        tally = Counter(status for _, _, status in rows)
        totals.update(tried=len(rows), verified=tally[QuoteStatus.VERIFIED], near=tally[QuoteStatus.NEAR])
        print(f"{group:13} {kind:26} {len(rows):6} {tally[QuoteStatus.VERIFIED]:9} {tally[QuoteStatus.NEAR]:6}")
    print(f"{'all':40} {totals['tried']:6} {totals['verified']:9} {totals['near']:6}\n")
    print(f"{'group':13} {'harmless change':26} {'tried':>6} {'missed':>9}")
    tried = missed = 0
    for (group, kind), answers in sorted(harmless.items()):
        lost = sum(not is_found for _, is_found in answers)
        tried, missed = tried + len(answers), missed + lost
        print(f"{group:13} {kind:26} {len(answers):6} {lost:9}")
    print(f"{'all':40} {tried:6} {missed:9}  {missed / tried:.1%}")
    for (group, kind), rows in judged.items():
        for sentence, words, status in rows:
            if status is not QuoteStatus.UNVERIFIED and chosen.show in (kind, "all"):
                print(f"\n{group} {kind} {status}\n  {sentence!r}\n  {words!r}")
    for (group, kind), answers in sorted(harmless.items()):
        for words, is_found in answers:
            if not is_found and chosen.show in (kind, "all"):
                print(f"\n{group} {kind} missed\n  {words!r}")


if __name__ == "__main__":
    main()
