"""Broken and hostile files through the parser: crashes, untyped errors, time and memory.

    python tests/benchmarks/hostile.py [--mutations 500] [--seed 1] [--no-files]

Reads every file of the shared ``hostile`` folder and as many mutations of real files as wanted: flipped bits, cut and
doubled stretches, swapped numbers, names and tokens; in Word files the same inside of the packed parts. What must come
out: no crash of this process, no error but `InputError` with one of the codes, every file within its budget and two
seconds, a 95th percentile of one second, and at most 1 GiB of memory in a worker.
"""

import argparse
import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.classifiers.language import NgramLanguageIdentifier
from reviewer.domain.document import SourceFile
from reviewer.domain.errors import InputError
from reviewer.parsing.isolation import TimeBudget
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.recognition import Recognizer
from reviewer.parsing.tesseract import find_tesseract

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
GRACE_S = 2.0
MAX_SEED_BYTES = 400_000
_NUMBER = re.compile(rb"\d+")
_ODD_NUMBERS = [b"0", b"-1", b"4294967295", b"2147483648", b"99999999999999999999", b"1e308"]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with one to five things done to it."""
    for _ in range(chance.randint(1, 5)):
        data = chance.choice([_flip, _cut, _double, _drop, _swap_number, _noise])(data, chance)
    return data


def mutated_package(data: bytes, chance: random.Random) -> bytes:
    """A Word file with one of its parts mutated, packed again; or the packed bytes themselves mutated."""
    if chance.random() < 0.3:
        return mutated(data, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        names = package.namelist()
        chosen = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = package.read(name)
            packed.writestr(name, mutated(part, chance) if name == chosen else part)
    return target.getvalue()


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice([1, 10, 100, 5000]))


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 4, 30])):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.3 else data


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.choice([1, 3, 50]) + data[end:]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _swap_number(data: bytes, chance: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data[:200_000]))
    if not found:
        return data
    place = chance.choice(found)
    return data[: place.start()] + chance.choice(_ODD_NUMBERS) + data[place.end() :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def mutations(count: int, seed: int) -> Iterator[SourceFile]:
    """So many files, the same for the same seed."""
    chance = random.Random(seed)
    folders = [SHARED / "contracts", SHARED / "papers"]
    seeds = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in {".pdf", ".docx"}]
    seeds = [path for path in seeds if path.stat().st_size <= MAX_SEED_BYTES]
    for number in range(count):
        path = seeds[number % len(seeds)]
        data = path.read_bytes()
        changed = mutated_package(data, chance) if path.suffix == ".docx" else mutated(data, chance)
        yield SourceFile(f"{number}-{path.name}", changed)


def files() -> Iterator[SourceFile]:
    """Everything in the folder of hostile files."""
    for path in sorted((SHARED / "hostile").rglob("*")):
        if path.is_file():
            yield SourceFile(path.name, path.read_bytes())


def budget_s(pages: int) -> float:
    """How long a file of so many pages may take."""
    budget = TimeBudget()
    return budget.start_s + budget.total_s + budget.total_per_page_s * pages


def peak_mb() -> float:
    """Most memory that a worker held; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Prints what came out; gives 1 where something did that must not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mutations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-files", action="store_true", help="mutations alone")
    parser.add_argument("--ocr", action="store_true", help="recognise scans, which takes its own time")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("The shared data is not here; nothing was tried.")
        return 0
    outcomes: Counter[str] = Counter()
    took: list[tuple[float, str]] = []
    bad: list[str] = []
    tesseract = find_tesseract() if options.ocr else None
    recognizer = Recognizer(tesseract, NgramLanguageIdentifier().identify) if tesseract else None
    reader = IsolatedDocumentParser(recognizer, max_workers=1)
    for source in (*(() if options.no_files else files()), *mutations(options.mutations, options.seed)):
        started = time.monotonic()
        pages = 0
        try:
            document = reader.parse(source)
            pages = len(document.pages)
            outcomes["ok"] += 1
        except InputError as error:
            outcomes[OutcomeCode(error.code).value] += 1
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            bad.append(f"{source.name}: {type(error).__name__}: {error}")
        seconds = time.monotonic() - started
        took.append((seconds, source.name))
        if seconds > budget_s(pages) + GRACE_S:
            bad.append(f"{source.name}: took {seconds:.1f} s")
    reader.close()
    took.sort()
    print(f"{len(took)} files: " + ", ".join(f"{code} {count}" for code, count in outcomes.most_common()))
    print(f"p50 {took[len(took) // 2][0]:.2f} s, p95 {took[int(0.95 * len(took))][0]:.2f} s, slowest:")
    for seconds, name in took[-5:]:
        print(f"  {seconds:.2f} s  {name}")
    print(f"most memory of a worker: {peak_mb():.0f} MB")
    print(f"untyped errors and overruns: {len(bad)}")
    for each in bad:
        print(f"  {each}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
