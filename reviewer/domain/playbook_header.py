"""The header of a playbook file: whose it is, what it is for, who decides."""

import re
from collections.abc import Sequence

from reviewer.domain.playbook import Approver, Header, Paper
from reviewer.domain.toml_fields import TomlTable

HEADER_KEYS = (
    *("paper", "jurisdictions", "deal_breakers", "approvers", "owner", "approved_by", "approved_on"),
    *("style", "note"),
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read_header(root: TomlTable, positions: Sequence[str]) -> Header:
    """The header of a playbook with positions of these ids; problems are noted at their fields."""
    deal_breakers = root.texts("deal_breakers")
    root.known("deal_breakers", deal_breakers, positions)
    approved_on = root.text("approved_on", "")
    if approved_on and not _DATE.fullmatch(approved_on):
        root.must("approved_on", 'a date in quotes, such as "2026-01-31"')
    return Header(
        paper=root.choice("paper", Paper, Paper.EITHER),
        jurisdictions=root.texts("jurisdictions"),
        deal_breakers=deal_breakers,
        approvers=tuple(map(_read_approver, root.tables("approvers"))),
        owner=root.text("owner", ""),
        approved_by=root.text("approved_by", ""),
        approved_on=approved_on,
        style=root.text("style", ""),
        note=root.text("note", ""),
    )


def _read_approver(table: TomlTable) -> Approver:
    table.allow("role", "up_to", "always")
    return Approver(table.text("role"), table.amount("up_to"), table.texts("always"))
