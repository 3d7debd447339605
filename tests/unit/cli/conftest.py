import pytest

from tests.fakes.command_line import CommandLine, command_line


@pytest.fixture
def reviewer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line over fakes."""
    return command_line(capsys, monkeypatch)
