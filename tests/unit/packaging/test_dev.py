"""packaging/dev.py: runs anywhere, says no in one sentence, stops at the first failure."""

import ast
import importlib.util
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
DEV = ROOT / "packaging" / "dev.py"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins() -> dict[str, str]:
    lines = [line for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def direct_requirements() -> Iterable[Requirement]:
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values(), PROJECT["build-system"]["requires"]]
    return [Requirement(text) for group in groups for text in group]


def test_script_parses_on_python_3_6() -> None:
    assert ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6)).body


def test_script_imports_the_standard_library_only() -> None:
    nodes = ast.walk(ast.parse(DEV.read_text(encoding="utf-8")))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}

    assert imported
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_other_python_is_refused_in_one_sentence(dev: ModuleType, version: tuple[int, int, int]) -> None:
    sentence = dev.refusal(version)

    assert sentence.count("\n") == 0
    assert f"this is Python {version[0]}.{version[1]}." in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1)])
def test_supported_python_is_accepted(dev: ModuleType, version: tuple[int, int, int]) -> None:
    assert dev.refusal(version) is None
    assert Requirement(f"x{PROJECT['project']['requires-python']}").specifier.contains(".".join(map(str, version)))


def test_unknown_command_prints_the_usage(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert "packaging/dev.py test" in capsys.readouterr().out


def test_steps_stop_at_the_first_failure_and_name_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []

    def start(command: list[str]) -> int:
        started.append(command[0])
        return 3 if command[0] == "second" else 0

    monkeypatch.setattr(dev, "start", start)

    assert dev.run_steps([("one", ["first"]), ("two", ["second"]), ("three", ["third"])]) == 1
    assert started == ["first", "second"]
    output = capsys.readouterr().out
    assert "ok: one" in output
    assert "FAILED: two" in output


def test_test_arguments_reach_pytest_only(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(command: list[str]) -> int:
        started.append(command)
        return 0

    monkeypatch.setattr(dev, "start", start)

    assert dev.test(["-k", "quote"]) == 0
    assert [command[0] for command in started] == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert [command for command in started if "-k" in command] == [started[-1]]


def test_run_starts_the_demo_when_there_is_no_display(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr(dev, "start", lambda command: started.append(command) or 0)

    assert dev.run([]) == 0
    assert started == [["python", "-m", "reviewer", "demo"]]
    assert "no display" in capsys.readouterr().out


def test_missing_venv_module_gives_the_command_when_not_root(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "install_system_libraries", lambda: None)
    monkeypatch.setattr(dev, "can_make_venvs", lambda: False)
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")

    assert dev.main(["setup"]) == 2
    package = f"python3.{sys.version_info[1]}-venv"
    assert f"sudo apt-get install -y {package}" in capsys.readouterr().out.splitlines()[-1]


def test_second_setup_does_nothing(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    made: list[str] = []
    monkeypatch.setattr(dev, "install_system_libraries", lambda: made.append("libraries"))
    monkeypatch.setattr(dev, "make_venv", lambda: (tmp_path / "python").touch() or made.append("venv"))
    monkeypatch.setattr(dev, "install_dependencies", lambda: made.append("dependencies"))

    assert [dev.main(["setup"]), dev.main(["setup"])] == [0, 0]
    assert made == ["libraries", "venv", "dependencies"]

    monkeypatch.setattr(dev, "fingerprint", lambda: "other dependencies")
    assert dev.main(["setup"]) == 0
    assert made[3:] == ["libraries", "dependencies"]


def test_stamp_of_half_a_setup_does_not_count(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(dev, "STAMP", stamp)
    assert dev.read_stamp() == ("", "")

    stamp.write_text("half")
    assert dev.read_stamp() == ("", "")

    stamp.write_text("interpreter\0files")
    assert dev.read_stamp() == ("interpreter", "files")


def test_missing_libraries_are_named_by_package(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    known = [name for name in dev.SYSTEM_LIBRARIES if name != "libxcb-cursor.so.0"]
    listing = "".join(f"\t{name} (libc6,x86-64) => /lib/{name}\n" for name in known)
    monkeypatch.setattr(dev.subprocess, "check_output", lambda *_, **__: listing.encode())

    assert dev.missing_system_packages() == ["libxcb-cursor0"]


def test_constraints_are_names_with_exact_versions() -> None:
    assert len(pins()) > 50
    assert all(version.strip() and " " not in version for version in pins().values())


@pytest.mark.parametrize("requirement", direct_requirements(), ids=str)
def test_direct_dependency_is_pinned_within_its_range(requirement: Requirement) -> None:
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)])
