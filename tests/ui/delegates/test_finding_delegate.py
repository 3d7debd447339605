from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.outcome import Severity
from reviewer.ui.delegates.finding import FindingDelegate
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.findings import CLAUSE, COLUMNS, DECISION, FINDING, QUOTE, SEVERITY, VOTES, FindingsModel
from tests.fakes.entries import make_entry, tied, with_dissent, without_quorum

DISMISSED = Standing(Status.DISMISSED, DismissReason.WRONG, "A note.")


def painted(delegate: FindingDelegate, entry: Entry, column: int, width: int = 0, *, is_chosen: bool = False) -> QImage:
    """A cell as the delegate draws it."""
    model = FindingsModel()
    model.show([entry])
    option = QStyleOptionViewItem()
    size = (width or delegate.column_width(column) or 200, delegate.row_height())
    option.rect = QRect(0, 0, *size)
    option.state = QStyle.StateFlag.State_Selected if is_chosen else QStyle.StateFlag.State_None
    picture = QImage(*size, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    delegate.paint(painter, option, model.index(0, column))
    painter.end()
    return picture


def ink_at_edge(picture: QImage) -> bool:
    """True when something is drawn in the last two columns, above the line under the row."""
    white = QColor("white").rgb()
    rows = range(picture.height() - 2)
    return any(picture.pixel(picture.width() - 1 - x, y) != white for x in range(2) for y in rows)


@pytest.fixture
def delegate(theme: Theme) -> FindingDelegate:
    return FindingDelegate(theme)


@pytest.mark.parametrize("is_compact", [True, False])
@pytest.mark.parametrize("column", [SEVERITY, VOTES, QUOTE, DECISION])
@pytest.mark.parametrize(
    "entry",
    [make_entry(Severity.CRITICAL), with_dissent(), tied(), without_quorum(), replace(tied(), standing=DISMISSED)],
    ids=["rule", "dissent", "tie", "no quorum", "dismissed"],
)
def test_state_fits_into_its_column(delegate: FindingDelegate, entry: Entry, column: int, *, is_compact: bool) -> None:
    """Drawn with room to spare it has the same ink as in its column: nothing was cut."""
    delegate.set_compact(is_compact)
    tight, wide = painted(delegate, entry, column), painted(delegate, entry, column, 400)

    assert not ink_at_edge(tight)
    assert wide.copy(tight.rect()).copy(0, 0, tight.width(), tight.height() - 1) == tight.copy(
        0, 0, tight.width(), tight.height() - 1
    )


def test_compact_columns_leave_the_title_at_least_a_third_of_430_pixels(delegate: FindingDelegate) -> None:
    delegate.set_compact(True)
    taken = sum(delegate.column_width(column) for column in (SEVERITY, VOTES, QUOTE, DECISION))

    assert 430 - 12 - taken >= 430 / 3


def test_compact_form_says_the_clause_under_the_severity(delegate: FindingDelegate) -> None:
    roomy = painted(delegate, make_entry(), SEVERITY)
    delegate.set_compact(True)

    assert painted(delegate, make_entry(), SEVERITY) != roomy


@pytest.mark.parametrize("column", range(COLUMNS))
def test_chosen_row_looks_chosen_in_every_column(delegate: FindingDelegate, theme: Theme, column: int) -> None:
    picture = painted(delegate, make_entry(), column, is_chosen=True)

    assert picture.pixelColor(picture.width() - 2, 2) == QColor(theme.palette.chosen)


@pytest.mark.parametrize("column", [SEVERITY, CLAUSE, FINDING, QUOTE, DECISION])
def test_dismissed_row_looks_otherwise(delegate: FindingDelegate, column: int) -> None:
    entry = make_entry()

    assert painted(delegate, entry, column) != painted(delegate, replace(entry, standing=DISMISSED), column)


def test_note_is_drawn_beside_and_without_a_decision(delegate: FindingDelegate) -> None:
    noted, plain = replace(make_entry(), standing=Standing(note="Ask.")), make_entry()

    assert painted(delegate, noted, DECISION) != painted(delegate, plain, DECISION)
