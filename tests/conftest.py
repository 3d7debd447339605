"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine must not fail a property: an example may take what it takes, the whole test has its own timeout.
# The examples are the same in each run, so that coverage and failures are.
settings.register_profile("reviewer", deadline=None, derandomize=True)
settings.load_profile("reviewer")

# A report is as wide as the terminal; tests read it at one width, wherever they run.
os.environ["COLUMNS"] = "100"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents next to the repository; tests that need it are skipped without it."""
    beside = Path(__file__).parents[1] / ".." / "shared" / "data"
    folder = Path(os.environ.get("REVIEWER_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip("the shared documents are not on this machine")
    return folder
