from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, command_line


@pytest.fixture
def reviewer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> CommandLine:
    """The command line over fakes."""
    return command_line(capsys, monkeypatch, home)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the command line finds its settings: ``config/settings.toml`` below it."""
    return tmp_path_factory.mktemp("home")
