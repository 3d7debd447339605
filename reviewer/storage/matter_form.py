"""How a matter is written down, so that earlier and later versions of the program read each other's.

An earlier one knows *here* and *named* only. It reads *here* from all that is written now: it rather refuses to send
text than to send it unasked.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from reviewer.domain.matter import Egress, Matter
from reviewer.storage.codec import encode, open_sealed, seal


@dataclass(frozen=True, slots=True)
class _MatterForm(Matter):
    """A matter as written: `egress` for earlier versions, `policy` for this one; None where an earlier one wrote it."""

    policy: Egress | None = None


def sealed_matter(matter: Matter) -> bytes:
    """The row of a matter."""
    form = _MatterForm(**_fields(matter), policy=matter.egress)
    return seal(_label(matter.id), encode(replace(form, egress=Egress.HERE)))


def open_matter(name: str, sealed: bytes | None) -> Matter:
    """The matter of a row.

    Raises:
        StorageError: *workspace_damaged*: it is not what was written.
    """
    form = open_sealed(_label(name), sealed, _MatterForm)
    matter = Matter(**_fields(form))
    return matter if form.policy is None else replace(matter, egress=form.policy)


def _fields(matter: Matter) -> dict[str, Any]:
    return {each.name: getattr(matter, each.name) for each in fields(Matter)}


def _label(name: str) -> str:
    return f"matter:{name}"
