"""Which versions are at work: of this program, of Python, and of the libraries that it needs."""

import platform
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from reviewer import __version__

OURS = "reviewer"


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Names and versions, ours first and the libraries in the order of names; those not installed are left out.

    Extras are left out too. A frozen build may carry no such list; then there are only the first two.
    """
    return ((OURS, __version__), ("python", platform.python_version()), *_libraries())


def _libraries() -> list[tuple[str, str]]:
    try:
        needed = requires(OURS) or []
    except PackageNotFoundError:
        return []
    names = {re.split(r"[^A-Za-z0-9._-]", each)[0] for each in needed if "extra ==" not in each}
    found = []
    for name in sorted(names, key=str.lower):
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # for another system or Python
            continue
    return found
