"""Places in a document: the one coordinate system and what is derived from it."""

from dataclasses import dataclass

CONTEXT_CHARS = 32


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A half-open range ``[start, end)`` of Unicode code points of ``Document.text`` (or of a projection's text)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: "TextSpan") -> bool:
        """True when every position of the other span lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "TextSpan") -> bool:
        """True when the two share at least one character."""
        return max(self.start, other.start) < min(self.end, other.end)

    def of(self, text: str) -> str:
        """The characters of this span in a text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points (1/72 inch), origin at the top left of the page as it is shown."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class TextQuote:
    """A W3C Web Annotation text quote selector: the exact words and a little of what stands around them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def quoted(text: str, span: TextSpan) -> TextQuote:
    """The words of a span of a text, with what stands around them."""
    before = text[max(0, span.start - CONTEXT_CHARS) : span.start]
    return TextQuote(span.of(text), before, text[span.end : span.end + CONTEXT_CHARS])


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words at a place.

    Attributes:
        span: offsets into ``Document.text``; everything else here is derived from it.
        quote: the words, with up to 32 characters of context on each side.
        page: page number from 1, or None where the source has no pages (DOCX, text).
        label: the number printed on that page, where it is another one; else empty.
        boxes: one box per line of text on that page; empty where the source has no geometry.
    """

    span: TextSpan
    quote: TextQuote
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    label: str = ""

    @property
    def page_name(self) -> str:
        """The page as people cite it, ``1127 (PDF 5)`` or ``5``; empty where there is none."""
        if self.page is None:
            return ""
        return f"{self.label} (PDF {self.page})" if self.label else str(self.page)
