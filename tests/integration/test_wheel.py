"""A wheel, built and installed elsewhere, runs the demo."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program that sees nothing of the checkout; fails the test with its output where it fails."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    environment = {**kept, "REVIEWER_HOME": str(home), "PIP_NO_INDEX": "1"}
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, and with the dependencies of this one within its reach."""
    folder = tmp_path_factory.mktemp("elsewhere")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    run(*build, cwd=folder, home=folder)
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / PROGRAMS / "python"
    wheel = next(folder.glob("reviewer-*.whl"))
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", wheel, cwd=folder, home=folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder, home=folder)
    ours = {str(Path(path)) for path in sys.path if path.endswith("site-packages")}
    (Path(site.stdout.strip()) / "dependencies.pth").write_text("\n".join(sorted(ours)) + "\n", encoding="utf-8")
    return folder


def test_installed_wheel_is_what_is_imported(elsewhere: Path) -> None:
    python = elsewhere / "venv" / PROGRAMS / "python"
    result = run(python, "-c", "import reviewer; print(reviewer.__file__)", cwd=elsewhere, home=elsewhere / "home")

    assert Path(result.stdout.strip()).is_relative_to(elsewhere / "venv")


def test_demo_runs_from_the_wheel_in_another_folder(elsewhere: Path) -> None:
    program = elsewhere / "venv" / PROGRAMS / "reviewer"
    report = json.loads(run(program, "demo", "--json", cwd=elsewhere, home=elsewhere / "home").stdout)

    assert report["schema"] == "reviewer.report/1"
    assert len(report["documents"]) >= 4
    findings = [finding for document in report["documents"] for finding in document["findings"]]
    assert len(findings) >= 10
    citations = [citation for finding in findings for citation in finding["citations"]]
    assert citations
    assert {citation["status"] for citation in citations} == {"verified"}
    assert len({route["route"] for document in report["documents"] for route in document["routes"]}) >= 2
