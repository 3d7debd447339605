"""The file of clause categories: its text to values."""

import tomllib
from collections.abc import Mapping
from typing import Any

from reviewer.domain.category import HEADING, Category, Sign
from reviewer.domain.section import SectionKind


def read_categories(text: str) -> tuple[Category, ...]:
    """The categories of ``resources/labels/labels.toml``, in its order.

    In expressions ``{name}`` stands for the expression of that name under ``[words]``.

    Raises:
        KeyError, ValueError: the file, which is packaged, is not of its own schema.
    """
    file = tomllib.loads(text)
    words = {name: f"(?:{expression})" for name, expression in file["words"].items()}
    return tuple(_category(entry, words) for entry in file["labels"])


def _category(entry: Mapping[str, Any], words: Mapping[str, str]) -> Category:
    return Category(
        name=entry["name"],
        kinds={SectionKind(kind): float(weight) for kind, weight in entry.get("kinds", {}).items()},
        headings=tuple(entry.get("headings", ())),
        heading_weight=float(entry.get("heading", HEADING)),
        near=tuple(_expanded(each, words) for each in entry.get("near", ())),
        signs={sign: tuple(_expanded(each, words) for each in entry.get(sign, ())) for sign in Sign},
    )


def _expanded(expression: str, words: Mapping[str, str]) -> str:
    for name, meaning in words.items():
        expression = expression.replace(f"{{{name}}}", meaning)
    return expression
