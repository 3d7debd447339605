import pytest

from reviewer.domain.run import RunStatus


@pytest.mark.parametrize(
    ("status", "unfinished"),
    [
        (RunStatus.RUNNING, True),
        (RunStatus.INTERRUPTED, True),
        (RunStatus.FAILED, True),
        (RunStatus.DONE, False),
        (RunStatus.PARTIAL, False),
    ],
)
def test_run_status_is_unfinished_when_the_same_command_continues_it(status: RunStatus, unfinished: bool) -> None:
    assert status.is_unfinished is unfinished
