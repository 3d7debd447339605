"""``reviewer search``: words in everything that the workspace keeps."""

import argparse
import asyncio
import shutil
import textwrap
from typing import Any

from reviewer.bootstrap import open_services
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.search import HitKind, SearchHit, SearchPage
from reviewer.ports.storage import Access
from reviewer.services.container import Services

_LABELS = {HitKind.DOCUMENT: "document", HitKind.SECTION: "", HitKind.FINDING: "finding", HitKind.NOTE: "note"}


def search(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """Shows what is found: newest document first, then in the order of reading."""
    typed = " ".join(namespace.query)
    with open_services(effective(namespace, console).settings.workspace, access=Access.EITHER) as services:
        page = asyncio.run(_search(services, typed, namespace.limit))
    if console.as_json:
        console.data(_page_json(typed, page))
        return ExitCode.OK
    for hit in page.hits:
        console.text(_hit_text(hit))
    if not page.hits:
        console.note("Nothing was found.")
    elif page.has_parts:
        console.note("No whole word was found; these hold it as a part.")
    if page.after is not None:
        console.note("There is more: narrow the search, or raise --limit.")
    return ExitCode.OK


async def _search(services: Services, typed: str, limit: int) -> SearchPage:
    """Also in what was kept before there was a search."""
    if services.refusal is None:
        await services.search.catch_up()
    page = await services.search.search(typed, limit)
    while page.after is not None and len(page.hits) < limit:
        more = await services.search.search(typed, limit - len(page.hits), page.after, in_parts=page.has_parts)
        page = SearchPage((*page.hits, *more.hits), more.after, page.has_parts)
    return page


def _hit_text(hit: SearchHit) -> str:
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    head = "  ".join(each for each in (hit.document_name, _LABELS[hit.kind], hit.title) if each)
    body = textwrap.fill(hit.snippet, width, initial_indent="    ", subsequent_indent="    ")
    return f"{head}\n{body}\n"


def _page_json(typed: str, page: SearchPage) -> dict[str, Any]:
    return {
        "schema": "reviewer.search/1",
        "query": typed,
        "in_parts": page.has_parts,
        "more": page.after is not None,
        "hits": [_hit_json(hit) for hit in page.hits],
    }


def _hit_json(hit: SearchHit) -> dict[str, Any]:
    """``start`` and ``end`` count in the document's text, ``ranges`` in the snippet."""
    return {
        "kind": hit.kind.value,
        "document": hit.document,
        "name": hit.document_name,
        "title": hit.title,
        "section": hit.section,
        "finding": hit.finding,
        "run": hit.run,
        "start": hit.span.start if hit.span else None,
        "end": hit.span.end if hit.span else None,
        "snippet": hit.snippet,
        "ranges": [[each.start, each.end] for each in hit.ranges],
    }


COMMANDS = {"search": search}
