from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer.domain.document import SourceFile
from reviewer.domain.errors import StorageError
from reviewer.services import doctor
from reviewer.services.container import Services
from tests.fakes.documents import make_document
from tests.fakes.services import Desk


class SampleParser:
    """Takes the sample for a text of ten characters."""

    version = "1"

    def parse(self, source: SourceFile) -> object:
        return make_document("x" * 10, source.name)


@contextmanager
def healthy() -> Iterator[Services]:
    desk = Desk()
    desk.library._parser = SampleParser()  # type: ignore[assignment]  # only parses
    yield desk.services()


@contextmanager
def locked() -> Iterator[Services]:
    raise StorageError("workspace_locked", "The workspace is locked.", "Close the other window.")
    yield


def test_doctor_tries_everything() -> None:
    checks = doctor.diagnose(healthy, Desk().care, "a keyring is there", Path("/x/soffice"), "Scans are read.")
    assert [check.passed for check in checks] == [True] * 7
    assert "10 characters" in checks[2].message
    assert checks[4].message == "a keyring is there"
    assert checks[5].message == "Scans are read."
    assert str(Path("/x/soffice")) in checks[6].message


def test_doctor_names_libreoffice_when_it_is_missing_and_passes() -> None:
    check = doctor.diagnose(healthy, Desk().care, "", None, "")[6]
    assert check.passed
    assert "LibreOffice is not installed" in check.message


def test_doctor_says_what_to_do_when_the_workspace_fails() -> None:
    checks = doctor.diagnose(locked, Desk().care, "", None, "")
    assert [check.passed for check in checks] == [True, True, False, True, True, True, True]
    assert checks[2].message == "The workspace is locked. Close the other window."


def test_doctor_goes_on_when_a_file_of_the_program_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "SAMPLE", "gone.docx")
    checks = doctor.diagnose(healthy, Desk().care, "", None, "")
    assert not checks[2].passed
    assert "Install Reviewer again" in checks[2].message
