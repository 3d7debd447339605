"""Line numbers in the left margin, as pleadings and manuscripts print them: no part of the lines they stand beside."""

from collections import Counter
from collections.abc import Callable, Sequence

from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_sheet import PageSheet

_ALIGNED = 4.0  # points: edges of one column differ by less than twice that
_MIN_NUMBERS = 8
_MIN_HEIGHT = 0.5  # of the page's: how much of it the numbers of a full page reach over
_MIN_PAGES = 2
_MOST_STEP = 10  # some count every fifth line
_MAX_DIGITS = 5


def find_line_numbers(sheets: Sequence[PageSheet]) -> list[list[Run]]:
    """For each page its line numbers, from top to bottom. Linear in the runs.

    They count up from line to line in one column with nothing to its left, over half of the page and more, on half of
    the pages and at least on two: so a table with numbered rows has none. Where a document has them, those of shorter
    pages count, too.
    """
    least = max(_MIN_PAGES, sum(bool(sheet.runs) for sheet in sheets) / 2)
    numbers = [_numbers(sheet) for sheet in sheets]
    if sum(len(each) >= _MIN_NUMBERS for each in numbers) < least:
        return [[] for _ in sheets]  # nearly every document: nothing more is looked at
    columns = [_column(sheet, each) for sheet, each in zip(sheets, numbers, strict=True)]
    full = [column for column, sheet in zip(columns, sheets, strict=True) if _is_full(column, sheet.height)]
    if len(full) < least:
        return [[] for _ in sheets]
    return [column if _is_at_place(column, full) else [] for column in columns]


def _numbers(sheet: PageSheet) -> list[Run]:
    return [run for run in sheet.runs if _is_number(run.text) and run.look.upright]


def _column(sheet: PageSheet, numbers: Sequence[Run]) -> list[Run]:
    """The longest row of numbers of a page that may number its lines."""
    by_left, by_right = _fullest(numbers, lambda run: run.x0), _fullest(numbers, lambda run: run.x1)
    column = _longest_count(max(by_left, by_right, key=len))
    return column if column and not _has_words_before(sheet, column) else []


def _is_number(text: str) -> bool:
    return len(text) <= _MAX_DIGITS and text.isascii() and text.isdecimal()


def _fullest(numbers: Sequence[Run], edge: Callable[[Run], float]) -> list[Run]:
    """The numbers that share an edge with most others."""
    places = Counter(round(edge(run) / _ALIGNED) for run in numbers)
    if not places:
        return []
    best = max(places, key=lambda place: places[place - 1] + places[place] + places[place + 1])
    return [run for run in numbers if abs(round(edge(run) / _ALIGNED) - best) <= 1]


def _longest_count(column: Sequence[Run]) -> list[Run]:
    """The longest stretch that counts up by the same step from top to bottom."""
    best: list[Run] = []
    stretch: list[Run] = []
    step = 0
    for run in sorted(column, key=lambda run: run.y0):
        more = int(run.text) - int(stretch[-1].text) if stretch else 0
        if len(stretch) > 1 and more == step:
            stretch.append(run)
        else:
            stretch = [*stretch[-1:], run] if 0 < more <= _MOST_STEP else [run]
            step = more
        best = max(best, stretch, key=len)
    return list(best) if len(best) > 1 else []


def _has_words_before(sheet: PageSheet, column: Sequence[Run]) -> bool:
    """Whether anything stands left of the column, between its first and its last number."""
    own = {id(run) for run in column}
    top, bottom, right = column[0].y0, column[-1].y1, max(run.x1 for run in column)
    return any(
        run.x0 < right and top <= (run.y0 + run.y1) / 2 <= bottom
        for run in sheet.runs
        if run.look.upright and id(run) not in own
    )


def _is_full(column: Sequence[Run], height: float) -> bool:
    return len(column) >= _MIN_NUMBERS and column[-1].y1 - column[0].y0 >= _MIN_HEIGHT * height


def _is_at_place(column: Sequence[Run], others: Sequence[Sequence[Run]]) -> bool:
    """Whether a column stands where one of other pages does."""
    return bool(column) and any(
        min(abs(column[-1].x0 - full[-1].x0), abs(column[-1].x1 - full[-1].x1)) < 2 * _ALIGNED for full in others
    )
