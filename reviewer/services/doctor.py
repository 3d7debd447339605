"""The doctor: tries each thing the program needs and says what to do about what fails."""

import asyncio
import platform
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from reviewer import __version__, assets
from reviewer.domain.document import SourceFile
from reviewer.domain.errors import ReviewerError
from reviewer.services.care import CareService, place_sentences
from reviewer.services.catalog import Catalog
from reviewer.services.container import Services
from reviewer.services.models import Check

SAMPLE = "services-agreement.docx"


def diagnose(
    open_services: Callable[[], AbstractContextManager[Services]],
    care: CareService,
    keyring: str,
    office: Path | None,
    recognition: str,
) -> tuple[Check, ...]:
    """Everything needed, each tried for real: files, workspace, a document read in a worker process, keys.

    Args:
        open_services: opens the workspace.
        care: looks after the workspace.
        keyring: where keys are kept.
        office: LibreOffice's program; only documents of Word 97 to 2003 need it, so it may be missing.
        recognition: what is known of text recognition (OCR), which only scans need.
    """
    system = f"Reviewer {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return (
        Check("program", passed=True, message=system),
        _try("workflows", _workflows),
        _try("workspace and document reading", lambda: _read_sample(open_services)),
        Check("place of the workspace", passed=True, message=" ".join(place_sentences(asyncio.run(care.place())))),
        Check("keys", passed=True, message=keyring),
        Check("scans (text recognition), optional", passed=True, message=recognition),
        Check("old Word documents (.doc), optional", passed=True, message=_office(office)),
    )


def _office(office: Path | None) -> str:
    if office is None:
        return "LibreOffice is not installed, so .doc files cannot be read; install it if you need them"
    return f"LibreOffice reads them ({office})"


def _try(name: str, attempt: Callable[[], str]) -> Check:
    try:
        return Check(name, passed=True, message=attempt())
    except ReviewerError as error:
        return Check(name, passed=False, message=f"{error.user_message} {error.hint}".strip())
    except OSError as error:
        message = f"A file of the program cannot be read ({error.strerror}). Install Reviewer again."
        return Check(name, passed=False, message=message)


def _workflows() -> str:
    catalog = Catalog()
    found = catalog.workflows()
    books = {name for each in found for handler in each.handlers for name in handler.playbooks}
    for name in books:
        catalog.playbook(name)
    return f"{len(found)} workflows and {len(books)} playbooks are in order"


def _read_sample(open_services: Callable[[], AbstractContextManager[Services]]) -> str:
    source = SourceFile(SAMPLE, assets.asset_path("samples", SAMPLE).read_bytes())
    with open_services() as services:
        document = asyncio.run(services.library.read(source))
    return f"a sample of {len(document.text)} characters was read in a worker process and kept"
