"""The command as a person starts it, on a real (virtual) display: what stands on the screen is looked at."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from reviewer import assets

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not shutil.which("Xvfb"), reason="there is no Xvfb on this machine"
)

SIZE = (1440, 900)
PATIENCE_S = 60.0
COLUMNS, ROWS = range(270, 830, 2), range(130, 610, 2)
"""Where the source is shown, in pixels of the screen."""

GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
QGuiApplication.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


@pytest.fixture
def display(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Variables of a process on a display of its own, at home in a folder of its own."""
    reading, writing = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as numbers:
        name = f":{numbers.readline().strip()}"
    homes = {variable: str(tmp_path / variable) for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    yield {**os.environ, **homes, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait()


def screen(display: dict[str, str], target: Path) -> QImage:
    """What stands on the screen."""
    subprocess.run([sys.executable, "-c", GRAB, str(target)], env=display, check=True, timeout=PATIENCE_S)
    return QImage(str(target))


def shares(image: QImage) -> tuple[float, float]:
    """How much of the middle is white paper, and how much is dark ink."""
    points = [image.pixelColor(x, y).lightness() for x in COLUMNS for y in ROWS]
    return sum(each > 250 for each in points) / len(points), sum(each < 110 for each in points) / len(points)


def shows_a_page(image: QImage) -> bool:
    """Paper with printed words on it; neither an empty window nor the first screen."""
    white, ink = shares(image)
    return white > 0.5 and ink > 0.02


def test_window_shows_a_page_on_a_real_display_and_closes_when_asked(display: dict[str, str], tmp_path: Path) -> None:
    sample = assets.asset_path("samples", "services-agreement.pdf")
    command = [sys.executable, "-m", "reviewer", "gui", str(sample), "--offline", "--workspace", str(tmp_path / "kept")]
    window = subprocess.Popen(command, env=display, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + PATIENCE_S
        picture = screen(display, tmp_path / "screen.png")
        while not shows_a_page(picture) and time.monotonic() < until:
            assert window.poll() is None, window.communicate()
            picture = screen(display, tmp_path / "screen.png")
        assert (picture.width(), picture.height()) == SIZE
        assert shows_a_page(picture), shares(picture)
    finally:
        window.send_signal(signal.SIGINT)
        out, complaints = window.communicate(timeout=PATIENCE_S)
    assert (window.returncode, out, complaints) == (0, "", "")
