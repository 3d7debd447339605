"""Tiles: what is kept, what is wanted next, and what is never asked for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from reviewer.domain.document import Page
from reviewer.domain.raster import Raster, Tile
from reviewer.ui.widgets.page_layout import PageLayout
from reviewer.ui.widgets.page_tiles import MAX_IN_FLIGHT, Picture, TileCache, TileQueue, tiles_in_order

_MEGABYTE = 1024 * 1024


def _tile(page: int = 1, scale: float = 1.0, x: int = 0) -> Tile:
    return Tile(page, scale, x, 0, 4, 2)


def _picture(level: int = 7) -> Picture:
    return Picture.of(Raster(4, 2, bytes([level]) * 32))


def _layout(count: int = 5, scale: float = 1.0) -> PageLayout:
    return PageLayout([Page(number, 600.0, 800.0) for number in range(1, count + 1)], scale, view_width=700, gap=10)


def test_a_picture_has_the_colours_of_its_raster() -> None:
    raster = Raster(2, 1, bytes([0, 0, 255, 255, 255, 0, 0, 255]))
    image = Picture.of(raster).image
    assert [image.pixelColor(x, 0).name() for x in range(2)] == ["#ff0000", "#0000ff"]


def test_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = TileCache(3 * 32)
    for page in (1, 2, 3):
        cache.put(_tile(page), _picture())
    assert cache.get(_tile(1)) is not None
    cache.put(_tile(4), _picture())
    assert [page for page in range(1, 5) if _tile(page) in cache] == [1, 3, 4]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), max_size=60), st.integers(0, 400))
def test_cache_never_holds_more_than_it_may(puts: list[tuple[int, int]], limit: int) -> None:
    cache = TileCache(limit)
    for page, x in puts:
        cache.put(_tile(page, x=x), _picture())
        kept = sum((_tile(page, x=x) in cache) for page in range(1, 10) for x in range(4))
        assert cache.size_bytes == 32 * kept <= limit


def test_cache_stands_in_with_the_scale_used_last() -> None:
    cache = TileCache()
    for tile in (_tile(1, 1.0), _tile(1, 2.0), _tile(1, 2.0, x=9), _tile(1, 3.0), _tile(2, 2.0)):
        cache.put(tile, _picture())
    cache.get(_tile(1, 2.0))
    assert [tile for tile, _ in cache.stand_ins(1, 3.0)] == [_tile(1, 2.0, x=9), _tile(1, 2.0)]
    assert cache.stand_ins(5, 3.0) == []


def test_cache_is_empty_after_clearing() -> None:
    cache = TileCache()
    cache.put(_tile(), _picture())
    cache.clear()
    assert (cache.size_bytes, cache.get(_tile())) == (0, None)


def test_queue_asks_for_few_at_a_time_in_order() -> None:
    queue = TileQueue()
    tiles = [_tile(page) for page in range(1, 6)]
    queue.want(tiles)
    asked = [queue.next() for _ in range(4)]
    assert asked == [*tiles[:MAX_IN_FLIGHT], None, None]
    assert queue.settle(tiles[0])
    assert queue.next() is tiles[2]


def test_queue_never_asks_for_what_is_not_wanted_any_more() -> None:
    queue = TileQueue(1)
    first = _tile(1)
    queue.want([first, _tile(2), _tile(3)])
    assert queue.next() is first
    queue.want([_tile(9)])
    assert queue.next() is None
    queue.settle(first)
    assert queue.next() == _tile(9)


def test_queue_does_not_ask_twice_for_what_is_on_its_way() -> None:
    queue = TileQueue()
    queue.want([_tile(1)])
    assert queue.next() == _tile(1)
    queue.want([_tile(1)])
    assert queue.next() is None


def test_queue_takes_the_very_tile_it_asked_for_and_once() -> None:
    queue = TileQueue()
    queue.want([_tile(1)])
    asked = queue.next()
    assert asked is not None
    assert not queue.settle(_tile(1))
    assert queue.settle(asked)
    assert not queue.settle(asked)


def test_queue_drops_answers_to_what_was_asked_before_it_was_cleared() -> None:
    queue = TileQueue()
    queue.want([_tile(1)])
    before = queue.next()
    assert before is not None
    queue.clear()
    queue.want([_tile(1)])
    again = queue.next()
    assert again == before
    assert not queue.settle(before)
    assert again is not None
    assert queue.settle(again)


def test_tiles_in_sight_come_first_and_the_nearest_of_them_first() -> None:
    layout = _layout(scale=3.0)
    view = QRect(0, layout.page_rect(3).top(), layout.width, 1000)
    tiles = tiles_in_order(layout, view, 1000 * _MEGABYTE)
    rects = [layout.tile_rect(tile).toRect() for tile in tiles]
    in_sight = [rect.intersects(view) for rect in rects]
    assert in_sight == sorted(in_sight, reverse=True)
    assert True in in_sight
    assert False in in_sight
    away = [abs(rect.center().x() - view.center().x()) + abs(rect.center().y() - view.center().y()) for rect in rects]
    seen = in_sight.count(True)
    assert all(a <= b + 4 for part in (away[:seen], away[seen:]) for a, b in pairwise(part))
    assert {tile.page for tile in tiles} == {2, 3}


def test_no_more_tiles_are_wanted_than_can_be_kept() -> None:
    layout = _layout(scale=3.0)
    view = QRect(0, layout.page_rect(3).top(), layout.width, 1000)
    tiles = tiles_in_order(layout, view, 5 * _MEGABYTE)
    assert 0 < sum(tile.width * tile.height * 4 for tile in tiles) <= 5 * _MEGABYTE


def test_a_thousand_pages_want_no_more_tiles_than_five() -> None:
    def wanted(count: int) -> int:
        layout = _layout(count)
        return len(tiles_in_order(layout, QRect(0, layout.page_rect(3).top(), 700, 900), 128 * _MEGABYTE))

    assert wanted(1000) == wanted(5) <= 6
