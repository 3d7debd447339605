"""How soon the window is there: from the start of the process to its first paint, against a bare painted window.

    python tests/benchmarks/first_paint.py [--runs 5]

The reference is a main window with an empty table and an editor, nothing else imported. Both are started in turns, in
processes of their own; the figure to look at is the ratio of the best times.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
BARE, REVIEWER = "bare", "reviewer"


def child(kind: str) -> None:
    """Opens a window, says so at its first paint, and ends."""
    if kind == BARE:
        _open_bare()
    else:
        _open_reviewer()


def _open_bare() -> None:
    from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QPlainTextEdit, QTableView, QWidget

    application = QApplication([])
    window = QMainWindow()
    middle = QWidget()
    row = QHBoxLayout(middle)
    row.addWidget(QTableView())
    row.addWidget(QPlainTextEdit())
    window.setCentralWidget(middle)
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    print("painted", flush=True)
    os._exit(0)


def _open_reviewer() -> None:
    sys.path.insert(0, str(ROOT))
    import qasync
    from PySide6.QtCore import QEvent, QObject, QSettings, QTimer

    from reviewer.app import Application, make_qt_application

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, end)  # when everything in the window has been painted
            return False

    def end() -> None:
        print("painted", flush=True)
        os._exit(0)

    async def show() -> None:
        folder = Path(os.environ["REVIEWER_HOME"])
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        window = Application(qt, folder / "workspace", settings).open_window()
        window.installEventFilter(watch)
        window.show()
        await asyncio.Event().wait()

    qt = make_qt_application(["first_paint"])
    watch = Watch()
    qasync.QEventLoop(qt).run_until_complete(show())


def painted_after_s(kind: str, bytecode: str) -> float:
    """Starts a child and waits for its first paint. Bytecode is kept in a folder, as an installed program has it."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "REVIEWER_HOME": home, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        started = time.perf_counter()
        command = [sys.executable, __file__, "--child", kind]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            took = time.perf_counter() - started
    if line.strip() != "painted":
        raise SystemExit(f"the {kind} window did not paint")
    return took


def main() -> None:
    """Prints each run and the ratio of the best."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", choices=[BARE, REVIEWER])
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return
    times: dict[str, list[float]] = {BARE: [], REVIEWER: []}
    with tempfile.TemporaryDirectory() as bytecode:
        for _ in range(options.runs + 1):  # the first compiles, and warms the disk's cache
            for kind, taken in times.items():
                taken.append(painted_after_s(kind, bytecode))
                print(f"{kind:10} {1000 * taken[-1]:.0f} ms", flush=True)
    bare, ours = min(times[BARE]), min(times[REVIEWER])
    print(f"best: bare {1000 * bare:.0f} ms, reviewer {1000 * ours:.0f} ms, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
