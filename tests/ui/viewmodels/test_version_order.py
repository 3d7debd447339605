import pytest

from reviewer.ui.viewmodels.version_order import is_earlier


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Lease v2", "Lease v10"),
        ("Lease 2025-11-30", "Lease 2026-01-02"),
        ("Lease 31.12.2025", "Lease 01.02.2026"),
        ("Lease", "Lease-returned"),
        ("Lease", "Lease v2"),
        ("original lease", "revised lease"),
        ("Lease draft", "Lease 2026"),
        ("old", "new"),
    ],
)
def test_names_tell_which_version_is_earlier(earlier: str, later: str) -> None:
    assert is_earlier(earlier, 9.0, later, 1.0)
    assert not is_earlier(later, 1.0, earlier, 9.0)


def test_dates_of_files_decide_where_names_do_not() -> None:
    assert is_earlier("lease", 1.0, "contract", 2.0)
    assert not is_earlier("lease", 2.0, "contract", 1.0)
    assert is_earlier("lease", 2.0, "contract", 0.0)
    assert not is_earlier("lease", 2.0, "lease", 1.0)
