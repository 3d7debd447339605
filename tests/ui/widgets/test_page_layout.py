"""Where pages lie: one below the other, whole pixels, and every place there and back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect

from reviewer.domain.anchor import Box
from reviewer.domain.document import Page
from reviewer.domain.raster import pixels
from reviewer.ui.widgets.page_layout import TILE_EDGE, PageLayout, fitting_scale, page_size

_edges = st.floats(1, 3000)
_sizes = st.lists(st.tuples(_edges, _edges), min_size=1, max_size=12)
_scales = st.floats(0.2, 11)


def _pages(sizes: list[tuple[float, float]]) -> list[Page]:
    return [Page(number, *size) for number, size in enumerate(sizes, start=1)]


@st.composite
def _layouts(draw: st.DrawFn) -> PageLayout:
    return PageLayout(
        _pages(draw(_sizes)),
        draw(_scales),
        view_width=draw(st.integers(1, 4000)),
        margin=draw(st.integers(0, 80)),
        gap=draw(st.integers(0, 40)),
    )


@given(_layouts())
def test_pages_lie_one_below_the_other_within_the_content(layout: PageLayout) -> None:
    content = QRect(0, 0, layout.width, layout.height)
    rects = [layout.page_rect(number) for number in range(1, len(layout) + 1)]
    assert all(content.contains(rect) for rect in rects)
    assert all(above.bottom() < below.top() for above, below in pairwise(rects))
    assert all(abs(rect.left() - (layout.width - rect.right() - 1)) <= 1 for rect in rects)


@given(_layouts(), st.integers(-500, 60_000), st.integers(1, 3000))
def test_pages_between_two_heights_are_those_and_no_others(layout: PageLayout, top: int, height: int) -> None:
    bottom = top + height
    numbers = range(1, len(layout) + 1)
    expected = [n for n in numbers if layout.page_rect(n).top() < bottom and layout.page_rect(n).bottom() >= top]
    assert list(layout.pages_between(top, bottom)) == expected


@given(_layouts(), st.data())
def test_a_place_on_a_page_comes_back_from_the_content(layout: PageLayout, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(layout)))
    rect = layout.page_rect(number)
    x, y = data.draw(st.floats(0, rect.width() - 1)), data.draw(st.floats(0, rect.height() - 1))
    point = QPointF(rect.left() + x, rect.top() + y)
    page, place = layout.to_page(point)
    assert page == number
    there = layout.from_page(page, place)
    assert there.x() == pytest.approx(point.x(), abs=1e-6)
    assert there.y() == pytest.approx(point.y(), abs=1e-6)


@given(_layouts(), st.data())
def test_tiles_cover_a_page_without_overlap_in_bounds(layout: PageLayout, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(layout)))
    page = layout.page_rect(number)
    tiles = list(layout.tiles(number, page))
    assert sum(tile.width * tile.height for tile in tiles) == page.width() * page.height()
    assert len({(tile.x, tile.y) for tile in tiles}) == len(tiles)
    for tile in tiles:
        assert 1 <= tile.width <= TILE_EDGE
        assert 1 <= tile.height <= TILE_EDGE
        assert page.contains(layout.tile_rect(tile).toAlignedRect())


@given(_layouts(), st.data())
def test_tiles_of_an_area_are_those_of_the_page_that_touch_it(layout: PageLayout, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(layout)))
    area = QRect(
        data.draw(st.integers(-100, layout.width)),
        data.draw(st.integers(-100, layout.height)),
        data.draw(st.integers(1, 2000)),
        data.draw(st.integers(1, 2000)),
    )
    all_tiles = layout.tiles(number, layout.page_rect(number))
    expected = [tile for tile in all_tiles if layout.tile_rect(tile).toRect().intersects(area)]
    assert list(layout.tiles(number, area)) == expected


def test_a_box_lies_where_its_points_are() -> None:
    layout = PageLayout(_pages([(100, 200), (50, 50)]), 2.0, view_width=400, margin=10, gap=8)
    assert layout.page_rect(2) == QRect(150, 8 + 400 + 8, 100, 100)
    rect = layout.to_content(2, Box(10, 20, 30, 40))
    assert rect.getRect() == (170, 456, 40, 40)


def test_a_tile_of_another_scale_is_as_large_as_at_this_one() -> None:
    pages = _pages([(100, 200)])
    tile = next(PageLayout(pages, 4.0).tiles(1, QRect(0, 0, 400, 800)))
    assert PageLayout(pages, 2.0).tile_rect(tile).getRect() == (0, 0, 200, 400)


def test_the_pixels_of_a_page_are_those_its_drawer_uses() -> None:
    layout = PageLayout(_pages([(595.276, 841.89)]), 1.7)
    assert layout.page_rect(1).width() == pixels(595.276, 1.7)
    assert layout.page_rect(1).height() == pixels(841.89, 1.7)


def test_a_page_that_could_not_be_read_is_shown_as_a4() -> None:
    assert page_size(Page(1, 0.0, 0.0)) == (595.0, 842.0)
    assert page_size(Page(1, 1e9, 10.0)) == (20_000.0, 10.0)


def test_the_widest_page_fits_into_the_room() -> None:
    assert fitting_scale(_pages([(100, 900), (400, 10)]), 800) == 2.0
    assert fitting_scale((), -5) > 0


def test_no_pages_are_no_height() -> None:
    layout = PageLayout((), 1.0, view_width=300, margin=10, gap=8)
    assert (layout.width, layout.height, len(layout)) == (300, 0, 0)
    assert not layout.pages_between(0, 100)
    assert layout.page_at(50) == 0
