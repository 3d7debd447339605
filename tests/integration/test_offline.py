"""Nothing goes beyond loopback: proven where the kernel has no other network, and by every system call traced."""

import os
import sys
from pathlib import Path

import pytest

from tests.offline.tracing import Traced, missing, traced

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"
REVIEWER = (sys.executable, "-m", "reviewer")


@pytest.fixture(scope="module")
def can_trace() -> None:
    lacking = missing()
    if lacking:
        pytest.skip(lacking)


def run(tmp_path: Path, *command: str, **more: str) -> Traced:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REVIEWER_HOME": str(tmp_path / "home"), **more}
    return traced(command, tmp_path / "calls.txt", environment, timeout_s=110)


def test_tracer_sees_who_is_tried_to_be_reached(can_trace: None, tmp_path: Path) -> None:
    program = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9)); "
    here = run(tmp_path, sys.executable, "-c", program)
    away = run(tmp_path, sys.executable, "-c", f"{program} s.connect_ex(('192.0.2.1', 9))")

    assert (here.calls, here.beyond) == (1, ())
    assert away.calls == 2
    assert "192.0.2.1" in away.beyond[0]


def test_review_with_a_key_and_an_address_in_the_environment_reaches_nobody(can_trace: None, tmp_path: Path) -> None:
    found = run(
        tmp_path,
        *(*REVIEWER, "review", str(SAMPLES / "mutual-nda.docx"), "-q"),
        OPENAI_API_KEY="sk-none",
        OPENAI_BASE_URL="https://api.example.test/v1",
        HTTPS_PROXY="http://proxy.example.test:8080",
    )

    assert found.code in (0, 3), found.output
    assert found.beyond == ()


def test_model_elsewhere_is_refused_before_anything_is_looked_up(can_trace: None, tmp_path: Path) -> None:
    model = ("--model", "openai/m", "--base-url", "https://api.example.test/v1", "-y", "-q", "--offline")

    found = run(tmp_path, *REVIEWER, "review", str(SAMPLES / "mutual-nda.docx"), *model)

    assert found.code == 5
    assert "Offline mode does not allow contact with api.example.test" in found.output
    assert found.beyond == ()


def test_window_with_documents_reaches_nobody(can_trace: None, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    found = run(
        tmp_path,
        *(*REVIEWER, "gui", str(SAMPLES / "mutual-nda.docx"), "--screenshot", str(picture)),
        QT_QPA_PLATFORM="offscreen",
        OPENAI_API_KEY="sk-none",
    )

    assert found.code == 0, found.output
    assert picture.stat().st_size > 0
    assert found.beyond == ()
