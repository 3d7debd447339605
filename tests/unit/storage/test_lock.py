import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.storage.lock import OWNER_NAME, WorkspaceLock, read_holder

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from pathlib import Path
from reviewer.storage.lock import WorkspaceLock
lock = WorkspaceLock(Path(sys.argv[1]))
print(lock.acquire("window"), flush=True)
sys.stdin.read()
"""


def test_lock_is_held_by_one_and_says_by_whom(tmp_path: Path) -> None:
    first, second = WorkspaceLock(tmp_path), WorkspaceLock(tmp_path)
    assert first.acquire("review")
    assert not second.acquire("window", wait_s=0.1)
    holder = second.holder()
    assert holder is not None
    assert holder.purpose == "review"
    first.release()
    first.release()
    assert second.holder() is None
    assert second.acquire("window")
    second.release()


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        lock = WorkspaceLock(tmp_path)
        assert not lock.acquire("review")
        process.kill()
        process.wait()
        assert lock.acquire("review", wait_s=5)
        lock.release()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"purpose": "window"}'])
def test_broken_owner_file_tells_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / OWNER_NAME).write_text(content, "utf-8")
    assert read_holder(tmp_path / OWNER_NAME) is None


def test_unwritable_owner_file_does_not_cost_the_lock(tmp_path: Path) -> None:
    (tmp_path / OWNER_NAME).mkdir()
    lock = WorkspaceLock(tmp_path)
    assert lock.acquire("review")
    assert lock.holder() is None
    lock.release()
