"""How smooth the window stays under a run: gaps between ticks of a 16 ms timer, unloaded and under 64 connections.

    python tests/benchmarks/window_gap.py [--sections 200] [--votes 3] [--connections 64] [--latency-ms 200]

Both are measured in the same process and round, with the window shown and the findings streaming in; the figure to
look at is the ratio of the 99th percentiles. Needs no display: off the screen, painting costs the same.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))
if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QSettings, Qt, QTimer

from reviewer.app import SWITCH_INTERVAL_S, Application, make_qt_application
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel
from tests.benchmarks.run_wall import contract
from tests.model_server.process import ModelServerProcess

TICK_MS = 16
REST_S = 4.0


class Ticks:
    """A timer that notes when it fires."""

    def __init__(self) -> None:
        self.moments: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.moments.append(time.perf_counter()))

    def start(self) -> None:
        """Begins anew."""
        self.moments.clear()
        self._timer.start(TICK_MS)

    def gaps_ms(self) -> list[float]:
        """Stops; the gaps in order of length, in milliseconds."""
        self._timer.stop()
        return sorted(1000 * (later - earlier) for earlier, later in zip(self.moments, self.moments[1:], strict=False))


def p99(gaps: list[float]) -> float:
    """The gap that one in a hundred is longer than."""
    return gaps[int(0.99 * (len(gaps) - 1))]


async def measure(application: Application, server: str, options: argparse.Namespace, folder: Path) -> float:
    """One round; gives the ratio."""
    application.open_window().show()
    application.session.basis = replace(application.session.basis, max_connections=options.connections)
    path = folder / "contract.txt"
    path.write_text(contract(options.sections), "utf-8")
    application.commands.add([path])
    application.commands.models.choose(Panel((ModelChoice("openai/test-model", server),), votes=options.votes))
    await application.tasks.wait()
    ticks = Ticks()
    ticks.start()
    await asyncio.sleep(REST_S)
    rest = ticks.gaps_ms()
    ticks.start()
    started = time.perf_counter()
    application.commands.runs.run()
    await application.tasks.wait()
    took = time.perf_counter() - started
    while not application.control.is_up_to_date:  # noqa: ASYNC110 - part of what is measured
        await asyncio.sleep(0.01)
    load = ticks.gaps_ms()
    calls = application.session.report.usage.calls
    ratio = p99(load) / p99(rest)
    print(
        f"calls {calls} in {took:.1f} s  p99 at rest {p99(rest):.1f} ms, under load {p99(load):.1f} ms"
        f"  ratio {ratio:.2f}  largest {rest[-1]:.1f} and {load[-1]:.1f} ms",
        flush=True,
    )
    return ratio


def main() -> None:
    """Prints each round and the best."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sections", type=int, default=200)
    parser.add_argument("--votes", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--latency-ms", type=float, default=200.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    qt = make_qt_application(["window_gap"])
    ratios = []
    for _ in range(options.rounds):
        with (
            tempfile.TemporaryDirectory() as name,
            ModelServerProcess("--latency-ms", str(options.latency_ms)) as server,
        ):
            folder = Path(name)
            settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
            application = Application(qt, folder / "workspace", settings)
            loop = qasync.QEventLoop(qt)
            try:
                ratios.append(loop.run_until_complete(measure(application, server.base_url, options, folder)))
            finally:
                application.close()
                if application.window:
                    application.window.deleteLater()
                loop.close()
    print(f"best {min(ratios):.2f}  median {sorted(ratios)[len(ratios) // 2]:.2f}")


if __name__ == "__main__":
    main()
