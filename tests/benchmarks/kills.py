"""A review that is killed hundreds of times: what is lost, and what is paid for twice.

    python tests/benchmarks/kills.py [--kills 500] [--seed 1] [--series 25]

Half of the kills hit named windows (`tests/kills/victim.py`), half a random moment; each series of them ends with a run
that is left alone. The endpoint keeps a ledger of what it was asked. Bar: 0 corrupt databases, 0 finished results lost,
at most the calls in flight at each kill paid again. The test command does 40.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.kills.series import Toll, run_series


def main() -> None:
    """Prints the toll."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--series", type=int, default=25, help="kills of one review before it may end")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, toll = random.Random(options.seed), Toll()
    with tempfile.TemporaryDirectory() as name:
        while toll.kills < options.kills:
            folder = Path(name) / "series"
            folder.mkdir()
            run_series(folder, min(options.series, options.kills - toll.kills + 2), chance, toll)
            print(f"{toll.kills} kills so far", flush=True)
    print(
        f"{toll.kills} kills at {len(toll.windows)} windows: {toll.corrupt} corrupt databases, {toll.lost} lost results"
    )
    print(f"  {toll.paid_again} calls paid again of {toll.allowance} allowed, {toll.unfinished} reviews not ended")
    print("  " + ", ".join(f"{window} {count}" for window, count in sorted(toll.windows.items())))


if __name__ == "__main__":
    main()
