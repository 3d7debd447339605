"""The plain words the panels share: routes, confidence, raters, languages, quotes, parts of a document."""

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer.domain.citation import Citation
from reviewer.domain.document import Visibility
from reviewer.domain.events import RoutedItem
from reviewer.domain.report import DocumentReport
from reviewer.domain.section import Section
from reviewer.domain.task import Route
from reviewer.domain.vote import RULE
from reviewer.domain.workflow import RouteMethod
from reviewer.ui import words

SURE = 0.6
"""From this confidence on a route counts as sure; 0 to 1."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)


def part_title(section: Section | None) -> str:
    """Number and heading as printed; what the part is where it has neither; *Whole document* for None."""
    if section is None:
        return _tr("Whole document")
    return " ".join(part for part in (section.number, section.heading) if part) or section.kind.value.capitalize()


def capital(words: str) -> str:
    """Words that begin a line."""
    return words[:1].upper() + words[1:]


def route_name(route: str) -> str:
    """A route's id as a workflow file has it, with a capital."""
    return route.replace("_", " ").replace("-", " ").replace("/", ": ").capitalize()


def confidence(value: float) -> str:
    """A confidence from 0 to 1 as number and word: ``0.95, sure``."""
    word = _tr("sure") if value >= SURE else _tr("unsure")
    return f"{value:.2f}, {word}"


def method(value: RouteMethod) -> str:
    """How a route was found."""
    return words.word(value)


def because(route: Route) -> str:
    """How a route was found, and the reason as given."""
    how = method(route.method)
    return f"{how}: {route.reason}" if route.reason else how


def route_line(routed: RoutedItem | None) -> str:
    """Route, confidence and reason in one line; empty where the part's route is not known."""
    if routed is None:
        return ""
    route = routed.route
    return f"{route_name(route.route)} · {confidence(route.confidence)} · {because(route)}"


def routes_by_part(report: DocumentReport) -> dict[str | None, RoutedItem]:
    """The route of each part by its section; None is the whole document."""
    return {routed.section: routed for routed in report.routes}


def rater(name: str) -> str:
    """Who answered."""
    return _tr("built-in checks") if name == RULE else name


def language(code: str) -> str:
    """The English name of an ISO 639-1 code; the code where Qt knows none, *not known* where there is none."""
    if not code:
        return _tr("not known")
    known = QLocale.codeToLanguage(code)
    return code if known is QLocale.Language.AnyLanguage else QLocale.languageToString(known)


def quote_state(citation: Citation) -> str:
    """``Quote: exact``. Never the bare word *verified*: it would read as if the sentence were right."""
    if citation.hidden:
        return _tr("%1 text, for your warning").replace("%1", words.word(Visibility(citation.hidden)))
    return _tr("Quote: %1").replace("%1", words.word(citation.status))


def citation_line(citation: Citation | None) -> str:
    """Page and quote state of a citation: ``Page 4 · Quote: exact``; *No quote* for None."""
    if citation is None:
        return _tr("No quote")
    state = quote_state(citation)
    page = citation.anchor.page_name if citation.anchor else ""
    return _tr("Page {page} · {state}").format(page=page, state=state) if page else state


def quoted(text: str) -> str:
    """Words between quotation marks."""
    return f"“{text}”"
