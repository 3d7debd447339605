"""How many planted defects the linter finds, and how much it reports of contracts as they are.

    python tests/benchmarks/linter.py [--seed 1] [--defects 200] [--misses] [--untouched]

Reads ``contracts/cuad_dev60.jsonl`` of the shared documents. Defects of the kinds below are planted, one at a time in a
copy, in 20 of its contracts, so that none hides another. One is found when a check of the rule that stands for its kind
touches the place, or names it, and did not do so before. The planters share no code with the rules. ``--untouched``
prints what is reported of all contracts as they are, to be read by a person: reports a page are printed, whether
they are right is not known to this program. A page is 2,800 characters.
"""

import argparse
import asyncio
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.bootstrap import open_reader
from reviewer.domain.check import Check
from reviewer.domain.document import SourceFile
from reviewer.domain.section import SplitAs
from reviewer.handlers.checks.linter import check_document
from reviewer.services.container import Reader

DATA = Path(os.environ.get("REVIEWER_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
PAGE_CHARS = 2800
CONTRACTS = 20
TRIES = 60
STATES = {
    "York",
    "Jersey",
    "Delaware",
    "Nevada",
    "California",
    "Texas",
    "Florida",
    "Illinois",
    "Massachusetts",
    "Carolina",
    "Virginia",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one defect: where it is, which rule should find it, and a word its message may name."""

    text: str
    rule: str
    start: int
    end: int
    word: str = ""


Planter = Callable[[str, random.Random], Planted | None]


def replaced(text: str, match: re.Match[str], new: str, rule: str, word: str = "") -> Planted:
    """The text with other words at a place."""
    start = match.start()
    return Planted(text[:start] + new + text[match.end() :], rule, start, start + len(new), word)


def inserted(text: str, sentence: str, rule: str, rng: random.Random, word: str = "") -> Planted:
    """The text with a paragraph more, between two paragraphs of its middle."""
    places = [each.end() for each in re.finditer(r"[.;]\s*\n\s*\n|(?<=[a-z]{4})[.;](?=\s+[A-Z(])", text)]
    at = rng.choice([each for each in places if len(text) * 0.2 < each < len(text) * 0.8])
    start = at + 2
    return Planted(f"{text[:at]}\n\n{sentence}\n\n{text[at:]}", rule, start, start + len(sentence), word)


def some(pattern: str, text: str, rng: random.Random, flags: int = 0) -> re.Match[str] | None:
    """A random hit away from the very beginning and end."""
    found = [each for each in re.finditer(pattern, text, flags) if 0.05 * len(text) < each.start() < 0.8 * len(text)]
    return rng.choice(found) if found else None


def undefine(text: str, rng: random.Random) -> Planted | None:
    """Takes a definition away whose term is used five times and more."""
    if re.search(r"not\s+(?:otherwise\s+)?defined", text):
        return None  # its terms may be another document's
    found = list(
        re.finditer(
            r"\(the [“\"]([A-Z][a-z]+(?: [A-Z][a-z]+)?)[”\"]\)"
            r"|[“\"]([A-Z][a-z]+ [A-Z][a-z]+)[”\"] (?:shall mean|means)",
            text,
        )
    )
    rng.shuffle(found)
    for match in found:
        term = match[1] or match[2]
        uses = len(re.findall(rf"(?:the|any|such|each|all) {term}\b", text))
        if uses >= 5 and len(re.findall(rf"[“\"]{term}[”\"]", text)) == 1:
            new = "" if match[1] else match[0].replace(match[2], "Foregoing Matter")
            return replaced(text, match, new, "term-not-defined", term)
    return None


def define_idle(text: str, rng: random.Random) -> Planted | None:
    """A definition nobody needs."""
    term = rng.choice(["Zonal Permit", "Quarry Ledger", "Harbour Levy", "Orchard Fund"])
    return inserted(
        text, f"“{term}” means a document issued by the competent office from time to time.", "term-not-used", rng, term
    )


def define_again(text: str, rng: random.Random) -> Planted | None:
    """A second, different definition."""
    match = some(r"[“\"]([A-Z][a-z]+(?: [A-Z][a-z]+)?)[”\"] (?:shall mean|means)", text, rng)
    if match is None:
        return None
    return inserted(
        text, f"“{match[1]}” means whatever the parties agree upon in writing.", "term-defined-twice", rng, match[1]
    )


def define_by_itself(text: str, rng: random.Random) -> Planted | None:
    """A definition that says nothing."""
    term = rng.choice(["Handling Charge", "Reserve Stock", "Transit Window"])
    return inserted(
        text,
        f"“{term}” means the {term} in force under this Agreement. The {term} is reviewed yearly.",
        "term-circular",
        rng,
        term,
    )


def lower(text: str, rng: random.Random) -> Planted | None:
    """A defined term of two words with a small letter, once."""
    names = re.findall(r"[“\"]([A-Z][a-z]+ [A-Z][a-z]+)[”\"]", text)
    for name in rng.sample(names, len(names)):
        match = some(rf"(?<=[a-z] ){name}\b", text, rng)
        if match:
            first, second = name.split()
            return replaced(text, match, f"{first} {second.lower()}", "term-capitals", name)
    return None


def misdirect(text: str, rng: random.Random) -> Planted | None:
    """A reference to a section that is not there."""
    match = some(
        r"(?<=[a-z] )(Section|Article|Clause) (\d{1,2})(?:\.\d{1,2})?"
        r"(?= (?:above|below|hereof|of this)|[,;)]|\.(?!\d))",
        text,
        rng,
    )
    if match is None or len(re.findall(rf"{match[1]}s? \d", text)) < 6:
        return None
    return replaced(text, match, f"{match[1]} {rng.randint(71, 98)}", "reference-missing", match[1])


def name_schedule(text: str, rng: random.Random) -> Planted | None:
    """A schedule that is not attached."""
    name = f"{rng.choice(['Schedule', 'Annex', 'Exhibit'])} {rng.choice(['Q', '37', 'W'])}"
    return inserted(
        text, f"The parties shall also observe the rules set out in {name}.", "reference-schedule", rng, name
    )


def renumber(text: str, rng: random.Random) -> Planted | None:
    """A number of a clause that is the one before it once more, or the next but one."""
    lines = list(re.finditer(r"(?m)^[ \t]*(\d{1,2})\.(?=[ \t]+[A-Z])", text))
    rows = [
        (a, b, c)
        for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)
        if int(a[1]) + 2 == int(b[1]) + 1 == int(c[1])
    ]
    if len(rows) < 3:
        return None
    before, at, _ = rng.choice(rows)
    if rng.random() < 0.5:
        return replaced(text, at, at[0].replace(at[1], before[1]), "numbering-repeat")
    end = text.find("\n\n", at.end())
    after = re.compile(r"(?m)^[ \t]*\d{1,2}\.(?=[ \t]+[A-Z])").search(text, at.end())
    if end < 0 or after is None:
        return None
    return Planted(text[: at.start()] + text[after.start() :], "numbering-gap", at.start(), at.start() + 8)


def blank(text: str, rng: random.Random) -> Planted | None:
    """An amount or a period that was not filled in."""
    match = some(r"(?<=[a-z] )(?:\$[\d,]+|(?:thirty|sixty|ninety|ten|five) \(\d+\))", text, rng)
    return replaced(text, match, "_" * rng.randint(4, 12), "blank") if match else None


def placeholder(text: str, rng: random.Random) -> Planted | None:
    """Something to be filled in."""
    match = some(
        r"(?<=[a-z] )(?:\$[\d,]+|\d+ days|State of [A-Z][a-z]+|(?:thirty|sixty|ninety|ten) \(\d+\))", text, rng
    )
    what = rng.choice(
        ["[●]", "[insert name]", "TBD", "[Customer Name]", "{{amount}}", "[date to be confirmed]", "<<AMOUNT>>"]
    )
    return replaced(text, match, what, "placeholder") if match else None


def note(text: str, rng: random.Random) -> Planted | None:
    """A note among those who drafted."""
    what = rng.choice(
        [
            "[Note to draft: confirm with the client.]",
            "[Drafting note: delete if not needed]",
            "[NTD: check with tax]",
            "[Comment: who agreed to this?]",
        ]
    )
    return inserted(text, what, "drafting-note", rng)


def misfigure(text: str, rng: random.Random) -> Planted | None:
    """A number whose figures are others than its words."""
    match = some(
        r"\b(one|two|three|five|ten|fifteen|twenty|thirty|sixty|ninety|forty-five) \((\d+)\)", text, rng, re.IGNORECASE
    )
    if match is None:
        return None
    return replaced(text, match, f"{match[1]} ({int(match[2]) + rng.choice([1, 5, 15, 30])})", "amount-words")


def miscalendar(text: str, rng: random.Random) -> Planted | None:
    """A day that no calendar has."""
    day = rng.choice(
        [
            "June 31, 2019",
            "February 30, 2021",
            "31 April 2018",
            "September 31st, 2020",
            "29 February 2019",
            "2021-02-30",
        ]
    )
    match = some(
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}",
        text,
        rng,
    )
    if match is None:
        return inserted(text, f"The first report is due on {day}.", "date-impossible", rng)
    return replaced(text, match, day, "date-impossible")


def end_early(text: str, rng: random.Random) -> Planted | None:
    """An end long before any beginning."""
    if not re.search(
        r"(?:made|entered into|dated|effective)\s+(?:as\s+)?of\s+(?:the\s+)?"
        r"(?:\w+\s+\d{1,2},|\d+\w*\s+day\s+of\s+\w+,?)\s+\d{4}",
        text[:3000],
    ):
        return None
    return inserted(text, "This Agreement shall expire on March 3, 1961.", "date-order", rng, "1961")


def misname(text: str, rng: random.Random) -> Planted | None:
    """The name of a party with a letter less, or with another legal form, further down."""
    match = re.search(r"(?<![-\w] )\b(?<!-)((?:[A-Z][a-z]{3,},? ){1,3})(Inc\.|LLC|Corporation|Ltd\.)", text[:2500])
    if match is None:
        return None
    name = match[1].strip(" ,")
    if name.split()[-1] in STATES:
        return None
    wrong = f"{name} GmbH" if rng.random() < 0.4 else f"{name[:-2]}{name[-1]} {match[2]}"
    return inserted(
        text, f"Notices shall be sent to {wrong} at its usual address.", "party-name", rng, wrong.split(maxsplit=1)[0]
    )


def misrole(text: str, rng: random.Random) -> Planted | None:
    """A party by a word that was left over from another contract."""
    pairs = (
        ("Licensee", "User"), ("Supplier", "Vendor"), ("Distributor", "Reseller"), ("Customer", "Client"),
        ("Contractor", "Provider"), ("Consultant", "Vendor"), ("Seller", "Vendor"), ("Buyer", "Purchaser"),
        ("Provider", "Supplier"), ("Client", "Customer"),
    )  # fmt: skip
    for role, other in rng.sample(pairs, len(pairs)):
        if re.search(rf"[“\"]{role}[”\"]", text[:4000]) and not re.search(rf"\b{other}s?\b", text):
            return inserted(
                text,
                f"For clarity, the {other} shall bear its own costs, and the {other} agrees.",
                "party-role",
                rng,
                other,
            )
    return None


def contradict_notice(text: str, rng: random.Random) -> Planted | None:
    """Two periods for the same notice."""
    first = "Either party may terminate this Agreement without cause on thirty (30) days' prior written notice."
    once = inserted(text, first, "notice-period", rng)
    second = "Either party may terminate this Agreement without cause upon 120 days' written notice to the other party."
    return inserted(once.text, second, "notice-period", rng, "120")


def other_currency(text: str, rng: random.Random) -> Planted | None:
    """One amount in another currency."""
    if len(re.findall(r"\$[\d,]+", text)) < 5 or re.search("[€£]", text):
        return None
    match = some(r"\$(?=\d)", text, rng)
    return replaced(text, match, rng.choice("€£"), "currency") if match else None


def other_law(text: str, rng: random.Random) -> Planted | None:
    """A second law."""
    if not re.search(r"governed by[^.;]{0,60}laws? of (?:the )?(?:State of |Commonwealth of )?[A-Z]", text):
        return None
    where = rng.choice(["Norway", "the State of Idaho", "Queensland"])
    return inserted(
        text, f"Any claim shall be governed by the laws of {where}.", "governing-law", rng, where.split()[-1]
    )


def disguise(text: str, rng: random.Random) -> Planted | None:
    """A letter that only looks like the right one, or one nobody sees."""
    match = some(r"(?<=[a-z])[aeo](?=[a-z]{2})", text, rng)
    if match is None:
        return None
    new = {"a": "а", "e": "е", "o": "о"}[match[0]] if rng.random() < 0.6 else match[0] + "\u200b"
    return replaced(text, match, new, "unusual-characters")


PLANTERS: tuple[Planter, ...] = (
    undefine, define_idle, define_again, define_by_itself, lower, misdirect, name_schedule, renumber, blank,
    placeholder, note, misfigure, miscalendar, end_early, misname, misrole, contradict_notice, other_currency,
    other_law, disguise,
)  # fmt: skip


def planted(texts: Sequence[str], count: int, seed: int) -> Iterator[tuple[int, Planted]]:
    """So many defects, each kind about as often, in texts drawn by chance; index of the text and the defect."""
    rng = random.Random(seed)
    for index in range(count):
        planter = PLANTERS[index % len(PLANTERS)]
        for _ in range(TRIES):
            place = rng.randrange(len(texts))
            made = planter(texts[place], rng)
            if made is not None:
                yield place, made
                break


def checks(reader: Reader, text: str, off: Sequence[str] = ()) -> tuple[Check, ...]:
    """What the linter says about a text, read from a file's bytes as the command does."""
    document = asyncio.run(reader.library.read(SourceFile("contract.txt", text.encode())))
    return check_document(document, reader.library.split(document, SplitAs.CONTRACT), off)


def is_found(made: Planted, before: Sequence[Check], after: Sequence[Check]) -> bool:
    """Whether a check of the right rule touches the place or names the word, and did not do so before."""
    known = {each.message for each in before}
    named = any(
        made.word and made.word in each.message
        for each in after
        if each.rule == made.rule and each.message not in known
    )
    return named or (touches(made, after) and not touches(made, before))


def touches(made: Planted, checks: Sequence[Check]) -> bool:
    """Whether a check of the right rule is about the place."""
    spans = [each.anchor.span for check in checks if check.rule == made.rule for each in check.citations if each.anchor]
    return any(span.start <= made.end + 3 and made.start - 3 <= span.end for span in spans)


def main(arguments: Sequence[str] | None = None) -> int:
    """Plants, looks and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--defects", type=int, default=200)
    parser.add_argument("--misses", action="store_true", help="print each defect that was missed")
    parser.add_argument("--untouched", action="store_true", help="print what is reported of the contracts as they are")
    options = parser.parse_args(arguments)
    source = DATA / "contracts" / "cuad_dev60.jsonl"
    if not source.exists():
        print(f"skipped: {source.name} of the shared documents is not here")
        return 0
    every = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").splitlines()]
    texts = random.Random(options.seed).sample(every, CONTRACTS)
    with open_reader() as reader:
        _planting(reader, texts, options)
        _reporting(reader, every, options)
    return 0


def _planting(reader: Reader, texts: Sequence[str], options: argparse.Namespace) -> None:
    before = [checks(reader, text) for text in texts]
    found, total = Counter[str](), Counter[str]()
    for place, made in planted(texts, options.defects, options.seed):
        total[made.rule] += 1
        if is_found(made, before[place], checks(reader, made.text)):
            found[made.rule] += 1
        elif options.misses:
            print(f"  missed {made.rule} in text {place}: {made.text[max(0, made.start - 80) : made.end + 60]!r}")
    for rule in sorted(total):
        print(f"{rule:22} {found[rule]:3} of {total[rule]:3}")
    share = sum(found.values()) / max(1, sum(total.values()))
    print(f"recall {share:.3f} of {sum(total.values())} defects in {len(texts)} contracts (bar 0.95)")


def _reporting(reader: Reader, texts: Sequence[str], options: argparse.Namespace) -> None:
    rules, pages = Counter[str](), 0.0
    for index, text in enumerate(texts):
        made = checks(reader, text)
        pages += max(1.0, len(text) / PAGE_CHARS)
        rules.update(each.rule for each in made)
        for each in made if options.untouched else ():
            quotes = [" ".join(citation.quote.split())[:50] for citation in each.citations[:3]]
            print(f"  text {index} {each.severity:6} {each.rule:20} {each.message} {quotes}")
    print(
        f"untouched: {sum(rules.values())} reports on {pages:.0f} pages, {sum(rules.values()) / pages:.2f} a page "
        "(bar: 1 false one)"
    )
    print("  " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))


if __name__ == "__main__":
    sys.exit(main())
