"""The router and the routes of a workflow file: where items go, and how that is found."""

import re
from collections.abc import Sequence

from reviewer.domain.playbook import text_pattern
from reviewer.domain.section import SectionKind
from reviewer.domain.toml_fields import TomlTable, listed, nearest, shown, unique_ids
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode

MAX_ROUTES = 20
MAX_WORDS = 1_000_000
METHODS = (RouteMethod.RULES, RouteMethod.ML, RouteMethod.LLM)
"""What a file may list, in this order: what costs less is asked first."""
_LEAST_TAUGHT = 2
ROUTER_KEYS = ("methods", "margin", "default", "target_language", "max_routes", "escalate")
ROUTE_KEYS = (
    *("id", "description", "handlers", "kinds", "headings", "requests", "foreign", "languages"),
    *("signals", "min_words", "max_words", "examples"),
)


def read_router(table: TomlTable | None, routes: Sequence[RouteNode]) -> RouterNode:
    """How the routes are found; what is wrong is noted."""
    if table is None:
        return RouterNode((), 0.0, "")
    table.allow(*ROUTER_KEYS)
    methods = _methods(table)
    route_ids = [route.id for route in routes]
    default = table.text("default")
    if default and default not in route_ids:
        table.report("default", f"{table.named('default')} names no route; {nearest(default, route_ids)}")
    _check_taught(table, methods, routes)
    escalate = bool(table.flag("escalate"))
    if escalate and RouteMethod.LLM not in methods:
        table.report("escalate", f'{table.named("escalate")} is about models, and "methods" does not list llm.')
    return RouterNode(
        methods,
        table.number("margin", 0, 1, 0.6),
        default,
        _language(table, "target_language", table.text("target_language", "en")),
        table.whole("max_routes", 1, MAX_ROUTES, 1),
        escalate,
    )


def _methods(table: TomlTable) -> tuple[RouteMethod, ...]:
    words = [method.value for method in METHODS]
    named = table.texts("methods")
    for word in named:
        if word not in words:
            table.report("methods", f"{table.named('methods')} names {shown(word)}; {nearest(word, words)}")
    known = [word for word in named if word in words]
    if not named:
        table.report("methods", f"{table.named('methods')} must list at least one of {listed(words)}.")
    if known != sorted(set(known), key=words.index):
        table.report("methods", f"{table.named('methods')} must be in the order {listed(words)}, each once at most.")
    return tuple(map(RouteMethod, known))


def _check_taught(table: TomlTable, methods: Sequence[RouteMethod], routes: Sequence[RouteNode]) -> None:
    taught = sum(bool(route.examples) for route in routes)
    if RouteMethod.ML in methods and taught < _LEAST_TAUGHT:
        problem = f'{table.named("methods")} lists ml, which learns from "examples" of at least two [[routes]]; '
        table.report("methods", f"{problem}{taught or 'none'} of them has any.")


def _language(table: TomlTable, key: str, code: str) -> str:
    if not (len(code) == 2 and code.isascii() and code.islower()):  # noqa: PLR2004 - ISO 639-1
        right = "two lower-case letters (ISO 639-1)"
        table.report(key, f"{table.named(key)} must be {right}, not {shown(code)}.")
    return code


def read_routes(root: TomlTable, handler_ids: Sequence[str]) -> tuple[RouteNode, ...]:
    """All routes of a file, in order; what is wrong with them is noted."""
    tables = root.tables("routes")
    if not tables:
        root.report("routes", "there must be at least one [[routes]].")
    routes = tuple(_read_route(table, handler_ids) for table in tables)
    unique_ids(tables, [route.id for route in routes])
    _check_examples(tables, routes)
    return routes


def _read_route(table: TomlTable, handler_ids: Sequence[str]) -> RouteNode:
    table.allow(*ROUTE_KEYS)
    handlers = table.texts("handlers")
    for handler in handlers:
        if handler not in handler_ids:
            problem = f"{table.named('handlers')} names {shown(handler)}, which is no handler; "
            table.report("handlers", problem + nearest(handler, handler_ids))
    least, most = table.whole("min_words", 0, MAX_WORDS, 0), table.whole("max_words", 0, MAX_WORDS, 0)
    if 0 < most < least:
        table.must("max_words", f'at least "min_words", which is {least}')
    return RouteNode(
        id=table.text("id"),
        description=table.text("description"),
        handlers=handlers,
        kinds=table.choices("kinds", SectionKind),
        headings=tuple(heading.lower() for heading in table.texts("headings")),
        requests=tuple(request.lower() for request in table.texts("requests")),
        foreign=table.flag("foreign"),
        languages=tuple(_language(table, "languages", code) for code in table.texts("languages")),
        signals=tuple(signal for signal in table.texts("signals") if _is_expression(table, signal)),
        min_words=least,
        max_words=most,
        examples=table.texts("examples"),
    )


def _is_expression(table: TomlTable, signal: str) -> bool:
    try:
        text_pattern(signal)
    except re.error as error:
        problem = f"{table.named('signals')}: {shown(signal)} is no regular expression: {error}."
        table.report("signals", problem)
        return False
    return True


def _check_examples(tables: Sequence[TomlTable], routes: Sequence[RouteNode]) -> None:
    """A text that is an example of two routes teaches nothing. A single word may be."""
    first: dict[str, str] = {}
    for table, route in zip(tables, routes, strict=True):
        for example in route.examples:
            words = example.casefold().split()
            other = first.setdefault(" ".join(words), route.id)
            if other != route.id and len(words) > 1:
                problem = (
                    f"{table.named('examples')} holds {shown(example)}, which is an example of {shown(other)} too;"
                )
                table.report("examples", f"{problem} keep it in one of them.")
