"""Marks on pages: which lie where, and which one a point means."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from reviewer.domain.anchor import Box
from reviewer.ui.viewmodels.mark import Mark, PageBoxes
from reviewer.ui.widgets.page_layout import PageLayout


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark's boxes on one page, in points."""

    mark: Mark
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        """Points from the top of the page."""
        return min(box.y0 for box in self.boxes)

    @property
    def area(self) -> float:
        """Square points."""
        return sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in self.boxes)


class PageMarks:
    """Marks by page, and the selected one."""

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self._spots: dict[int, list[Spot]] = {}
        self.selected: str | None = None

    def replace(self, marks: Sequence[Mark]) -> None:
        """Other marks; the selection stays where it is among them."""
        self._marks = {mark.id: mark for mark in marks}
        spots: defaultdict[int, list[Spot]] = defaultdict(list)
        for mark in marks:
            for place in mark.places:
                if place.boxes:
                    spots[place.page].append(Spot(mark, place.boxes))
        self._spots = dict(spots)

    def selected_places(self) -> tuple[PageBoxes, ...]:
        """Where the selected mark's words are."""
        mark = self._marks.get(self.selected) if self.selected is not None else None
        return mark.places if mark is not None else ()

    def on(self, number: int) -> list[Spot]:
        """The spots of a page in the order of importance: the selected one, then worst first, then from the top."""
        return sorted(
            self._spots.get(number, ()),
            key=lambda spot: (spot.mark.id != self.selected, spot.mark.severity.rank, spot.top),
        )

    def badges(self, layout: PageLayout, number: int, size: float, gap: float) -> Iterator[tuple[Mark, QRectF]]:
        """One badge for each mark of a page, left of it, beside its first words; none covers another.

        Args:
            layout: of the pages; the rectangles are in its content coordinates.
            number: of the page.
            size: the edge of a badge in device pixels.
            gap: device pixels between badge and page.
        """
        page = layout.page_rect(number)
        free = float(page.top())
        for spot in sorted(self._spots.get(number, ()), key=lambda spot: (spot.top, spot.mark.severity.rank)):
            first = min(spot.boxes, key=lambda box: box.y0)
            middle = layout.to_content(number, first).center().y()
            top = max(free, middle - size / 2)
            yield spot.mark, QRectF(page.left() - gap - size, top, size, size)
            free = top + size

    def at(self, layout: PageLayout, point: QPointF) -> Mark | None:
        """The mark whose words are at a point of the content; of several the smallest."""
        number, place = layout.to_page(point)
        hit = [
            spot
            for spot in self._spots.get(number, ())
            if any(box.x0 <= place.x() <= box.x1 and box.y0 <= place.y() <= box.y1 for box in spot.boxes)
        ]
        return min(hit, key=lambda spot: (spot.area, spot.mark.severity.rank)).mark if hit else None
