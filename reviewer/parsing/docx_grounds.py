"""What the characters of a Word document stand on: the shading of tables and cells, the fill of text boxes.

A ground is a colour of six hexadecimal digits, or None where it is not known (a picture, a gradient).
"""

from collections.abc import Mapping

from reviewer.parsing.docx_colours import AUTO, Palette, plain_colour
from reviewer.parsing.docx_package import DRAWING, W
from reviewer.parsing.zip_parts import Element

_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_GROUP = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFF = {"0", "false", "off", "f"}
_REGIONS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip
_VML_SHAPES = {_VML + name for name in ("shape", "rect", "roundrect", "oval")}


class TableGrounds:
    """The cells of a table, one after the other: what each stands on, and whether a merged one covers it.

    Args:
        table: the ``w:tbl``.
        ground: what the table stands on.
        styles: style elements by id.
    """

    def __init__(self, table: Element, ground: str | None, styles: Mapping[str, Element], palette: Palette) -> None:
        self._palette = palette
        properties = table.find(W + "tblPr")
        self._chain = _chain(properties, styles)
        self._look = _look(properties)
        self._rows = sum(1 for _ in table.iterchildren(W + "tr"))
        own = palette.fill(properties.find(W + "shd")) if properties is not None else None
        self._ground = _on(own, _on(self._of_style(f"{W}tcPr/{W}shd", f"{W}tblPr/{W}shd"), ground))
        self._row = -1
        self._column = 0
        self._merging: set[int] = set()  # columns of the grid in which a merged cell has begun

    def next_row(self) -> None:
        """Goes on to the next row."""
        self._row += 1
        self._column = 0

    def next_cell(self, cell: Element) -> tuple[str | None, bool]:
        """The ground of the row's next cell, and whether the cell above reaches over it, so that it is not shown."""
        column = self._column
        properties = cell.find(W + "tcPr")
        self._column += columns_of(cell)
        merge = properties.find(W + "vMerge") if properties is not None else None
        if merge is None:
            self._merging.discard(column)
        elif merge.get(W + "val") == "restart":
            self._merging.add(column)
        is_covered = merge is not None and merge.get(W + "val") != "restart" and column in self._merging
        return self._shading(cell, column), is_covered

    def _shading(self, cell: Element, column: int) -> str | None:
        own = self._palette.fill(cell.find(f"{W}tcPr/{W}shd"))
        if own is not None and own != AUTO:
            return own
        ground = self._ground
        is_last = next(cell.itersiblings(W + "tc"), None) is None
        for region in self._regions(self._row, column, is_last=is_last):
            ground = _on(self._of_style(f"{W}tblStylePr[@{W}type='{region}']/{W}tcPr/{W}shd"), ground)
        return ground

    def _regions(self, row: int, column: int, *, is_last: bool) -> list[str]:
        """Regions of the table's style that a cell is in, the strongest last."""
        found = []
        header = 1 if "firstRow" in self._look else 0
        if "noHBand" not in self._look and row >= header:
            found.append("band1Horz" if (row - header) % 2 == 0 else "band2Horz")
        if is_last and "lastColumn" in self._look:
            found.append("lastCol")
        if column == 0 and "firstColumn" in self._look:
            found.append("firstCol")
        if row == self._rows - 1 and "lastRow" in self._look:
            found.append("lastRow")
        if row == 0 and header:
            found.append("firstRow")
        return found

    def _of_style(self, *paths: str) -> str | None:
        for style in self._chain:
            for path in paths:
                fill = self._palette.fill(style.find(path))
                if fill is not None:
                    return fill
        return None


def columns_of(cell: Element) -> int:
    """How many columns of the table's grid a cell takes."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return max(1, _integer(span.get(W + "val")) if span is not None else 1)


def box_ground(content: Element, ground: str | None, palette: Palette) -> str | None:
    """What the characters of a text box stand on: its fill, else what is behind it; None where that is a picture."""
    for element in content.iterancestors():
        if element.tag == _SHAPE + "wsp":
            own = _shape_fill(element, palette)
            if own != AUTO:
                return own
        elif element.tag in _VML_SHAPES:
            own = _vml_fill(element)
            if own != AUTO:
                return own
        elif element.tag == _GROUP + "wgp" or element.tag == _VML + "group":
            return None
        elif element.tag == W + "p":
            return None if next(element.iter(_PICTURE, _VML + "imagedata"), None) is not None else ground
    return ground


def _shape_fill(shape: Element, palette: Palette) -> str | None:
    """``AUTO`` for no fill, None for one that is not a plain colour."""
    properties = shape.find(_SHAPE + "spPr")
    for child in properties if properties is not None else ():
        if child.tag == DRAWING + "noFill":
            return AUTO
        if child.tag == DRAWING + "solidFill":
            return _drawn(child, palette)
        if child.tag in {DRAWING + name for name in ("gradFill", "blipFill", "pattFill", "grpFill")}:
            return None
    reference = shape.find(f"{_SHAPE}style/{DRAWING}fillRef")
    if reference is None or reference.get("idx") in {"0", "1000"}:
        return AUTO
    return _drawn(reference, palette)


def _drawn(holder: Element, palette: Palette) -> str | None:
    """The colour of a drawing's fill; None where it is changed in ways that are not computed here."""
    for colour in holder:
        if len(colour):
            return None
        if colour.tag == DRAWING + "srgbClr":
            return plain_colour(colour.get("val", ""))
        if colour.tag == DRAWING + "schemeClr":
            named = palette.named(colour.get("val", ""))
            return None if named == AUTO else named
    return None


def _vml_fill(shape: Element) -> str | None:
    if shape.get("filled", "t").lower() in _OFF:
        return AUTO
    fill = shape.find(_VML + "fill")
    if fill is not None and fill.get("type", "solid") != "solid":
        return None
    given = shape.get("fillcolor")
    return AUTO if given is None else plain_colour(given)


def _chain(properties: Element | None, styles: Mapping[str, Element]) -> list[Element]:
    chain: list[Element] = []
    at = properties.find(W + "tblStyle") if properties is not None else None
    while at is not None:
        style = styles.get(at.get(W + "val", ""))
        if style is None or style in chain:
            break
        chain.append(style)
        at = style.find(W + "basedOn")
    return chain


def _look(properties: Element | None) -> set[str]:
    """Names of the regions that a table wants to have set apart."""
    look = properties.find(W + "tblLook") if properties is not None else None
    if look is None:
        return set()
    try:
        bits = int(look.get(W + "val", "0"), 16)
    except ValueError:
        bits = 0
    given = {name: look.get(W + name) for name in _REGIONS}
    return {
        name
        for name, bit in _REGIONS.items()
        if (bits & bit if given[name] is None else given[name] not in {"0", "false", "off"})
    }


def _on(upper: str | None, lower: str | None) -> str | None:
    return lower if upper is None or upper == AUTO else upper


def _integer(text: str | None) -> int:
    try:
        return min(1000, int(text or 1))
    except ValueError:
        return 1
