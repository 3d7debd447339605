"""Prompt templates: Markdown with named variables in braces."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.toml_fields import nearest

_VARIABLE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")

VARIABLES: dict[str, tuple[str, ...]] = {
    "assess": ("positions", "side"),
    "summarize": ("language",),
    "translate": ("language",),
    "route": ("routes",),
    "extract": ("language", "kind", "fields"),
    "classify": ("language", "kind", "fields"),
    "generate": ("language", "kind", "fields"),
    "answer": ("language", "kind", "fields"),
    "judge": ("language", "task"),
    "interactions": (),
    "synthesize": (),
}
"""What the prompt of each kind of handler may name, besides the variables that its workflow file sets."""


def variables_of(template: str) -> Iterator[tuple[int, str]]:
    """Each variable that a template names, with its line from 1, in order."""
    for match in _VARIABLE.finditer(template):
        yield template.count("\n", 0, match.start()) + 1, match[1]


def template_problems(template: str, name: str, known: Sequence[str]) -> tuple[str, ...]:
    """A sentence for every variable that nothing will stand in for, in the order of lines."""
    return tuple(
        f"{name}, line {line}: {{{variable}}} is no variable of this prompt; {nearest(variable, known)}"
        for line, variable in variables_of(template)
        if variable not in known
    )


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its variables' values, each put in once; braces in a value stay as they are."""
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), template)
