"""The reference in the README names every table and key that workflow files may have, and no others."""

import re
from pathlib import Path

from reviewer.domain import handler_file, route_file, workflow_file
from reviewer.domain.handler_file import HANDLER_USES
from reviewer.domain.particular import Column
from reviewer.domain.policy import Policy
from reviewer.domain.workflow import Aggregation, Output, SplitUnit

README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
TABLES = {
    "at the top": workflow_file.ROOT_KEYS,
    "in `[split]`": workflow_file.SPLIT_KEYS,
    "in `[router]`": route_file.ROUTER_KEYS,
    "in `[[routes]]`": route_file.ROUTE_KEYS,
    "in `[[handlers]]`": handler_file.HANDLER_KEYS,
    "in `[[handlers.fields]]`": handler_file.FIELD_KEYS,
    "in `[checks]`": workflow_file.CHECKS_KEYS,
    "in `[particulars]`": workflow_file.PARTICULARS_KEYS,
    "in `[synthesis]`, `[interactions]`": workflow_file.SYNTHESIS_KEYS,
}


def documented(heading: str) -> set[str]:
    """The keys in the first column of a table."""
    table = README[README.index(f"| {heading} |") :].split("\n\n")[0]
    first = [line.split("|")[1] for line in table.splitlines()[2:]]
    return {name.removeprefix("[handlers.").strip("[]") for cell in first for name in re.findall(r"`([^`]+)`", cell)}


def test_reference_names_exactly_the_keys_that_are_read() -> None:
    assert {heading: documented(heading) for heading in TABLES} == {name: set(keys) for name, keys in TABLES.items()}


def test_reference_names_every_word_of_a_closed_list() -> None:
    for words in (HANDLER_USES, [*Policy], [*Aggregation], [*Output], [*SplitUnit], [*Column]):
        missing = [word for word in words if f'"{word}"' not in README and f"`{word}`" not in README]
        assert missing == []
