"""Draws ``resources/icons`` anew from the Phosphor icon font, as single-coloured SVG files.

Needs ``pip install qtawesome==1.4.2 fonttools``, which nothing else does: python packaging/make_icons.py
Phosphor Icons are MIT-licensed; ``resources/icons/LICENSE.txt`` says so. The application's own icon and ``pause`` are
drawn by hand.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
FONT = "phosphor-1.3.0.ttf"
CHARMAP = "phosphor-charmap-1.3.0.json"
# Our name for an icon, and the font's.
ICONS = {
    "add": "file-plus",
    "agree": "check",
    "article": "article",
    "back": "arrow-left",
    "cancel": "x",
    "circle": "circle-fill",
    "clock": "clock",
    "cloud": "cloud-arrow-up",
    "collapse": "caret-down",
    "computer": "desktop",
    "copy": "copy",
    "diamond": "diamond-fill",
    "dismiss": "x-circle",
    "document": "file-text",
    "done": "check-circle",
    "drop": "archive-tray",
    "exact": "circle-wavy-check",
    "expand": "caret-right",
    "failed": "warning-circle",
    "fit_width": "arrows-out-line-horizontal",
    "folder": "folder-open",
    "help": "question",
    "info": "info",
    "keyboard": "keyboard",
    "lock": "lock-simple",
    "menu": "list",
    "model": "cpu",
    "moon": "moon",
    "next": "caret-down",
    "note": "note-pencil",
    "octagon": "octagon-fill",
    "open": "arrow-square-out",
    "page": "file",
    "paper": "book-open",
    "previous": "caret-up",
    "quote": "quotes",
    "redo": "arrow-u-up-right",
    "remove": "trash-simple",
    "route": "flow-arrow",
    "run": "play-fill",
    "running": "spinner-gap",
    "scales": "scales",
    "filter": "funnel",
    "search": "magnifying-glass",
    "square": "square-fill",
    "stop": "stop-fill",
    "summary": "list-bullets",
    "sun": "sun",
    "synthesis": "intersect",
    "system": "circle-half",
    "text": "text-align-left",
    "translate": "translate",
    "triangle": "triangle-fill",
    "undo": "arrow-u-up-left",
    "votes": "users-three",
    "waiting": "circle-dashed",
    "warning": "warning",
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
}
# What a style sheet shows can be taken from a file only: the arrow of drop-down boxes in the muted colour of each
# theme, the mark of check boxes in the colour of text on the accent.
PICTURES = {
    "arrow_light": ("collapse", "#566070"),
    "arrow_dark": ("collapse", "#a3adbb"),
}


def main() -> int:
    """Writes every icon; gives the exit code."""
    package = find_spec("qtawesome")
    if package is None or package.origin is None:
        print("Install qtawesome and fonttools first.")
        return 2
    fonts = Path(package.origin).parent / "fonts"
    codes = json.loads((fonts / CHARMAP).read_text("utf-8"))
    font = TTFont(str(fonts / FONT))
    for name, theirs in ICONS.items():
        (FOLDER / f"{name}.svg").write_text(svg(font, int(codes[theirs], 16)), "utf-8")
    for name, (drawn, colour) in PICTURES.items():
        drawing = (FOLDER / f"{drawn}.svg").read_text("utf-8")
        (FOLDER / f"{name}.svg").write_text(drawing.replace("<path ", f'<path fill="{colour}" '), "utf-8")
    print(f"{len(ICONS) + len(PICTURES)} icons")
    return 0


def svg(font: TTFont, code: int) -> str:
    """A glyph on its square, y downwards, black."""
    size, ascent = font["head"].unitsPerEm, font["hhea"].ascent
    pen = SVGPathPen(font.getGlyphSet(), ntos=lambda number: f"{number:.4g}")
    font.getGlyphSet()[font.getBestCmap()[code]].draw(TransformPen(pen, (1, 0, 0, -1, 0, ascent)))
    path = pen.getCommands()
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>\n'


if __name__ == "__main__":
    sys.exit(main())
