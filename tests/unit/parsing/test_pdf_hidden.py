"""Text that nobody sees, and text that only looks as if nobody did."""

import io
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest
from fpdf import FPDF
from fpdf.enums import TextMode

from reviewer.domain.document import Visibility
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids, Reading

Draw = Callable[[FPDF], None]
BODY = "The supplier shall deliver the goods to the buyer."


def made(*draws: Draw, rotate: int = 0) -> Reading:
    """A page with body text, and what else is drawn; perhaps turned."""
    pdf = FPDF(unit="pt", format=(600, 800))
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    pdf.text(60, 60, BODY)
    for draw in draws:
        draw(pdf)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(pdf.output())))
    writer.pages[0].rotate(rotate)
    target = io.BytesIO()
    writer.write(target)
    return read_pdf(target.getvalue(), Aids(lambda _page, _pages: None))


def text(x: float, y: float, grey: int, words: str, size: float = 10) -> Draw:
    def draw(pdf: FPDF) -> None:
        pdf.set_text_color(grey)
        pdf.set_font_size(size)
        pdf.text(x, y, words)

    return draw


def ground(grey: int) -> Draw:
    def draw(pdf: FPDF) -> None:
        pdf.set_fill_color(grey)
        pdf.rect(50, 180, 400, 40, style="F")

    return draw


def parts(reading: Reading) -> dict[str, Visibility]:
    return {block.span.of(reading.text): block.visibility for block in reading.blocks}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_white_text_on_paper_is_hidden(rotate: int) -> None:
    reading = made(text(60, 200, 255, "Nobody sees this"), rotate=rotate)

    assert parts(reading) == {BODY: Visibility.VISIBLE, "Nobody sees this": Visibility.HIDDEN}
    (warning,) = reading.warnings
    assert warning.code == "hidden_text"
    assert "on page 1: 16 characters" in warning.message
    assert "colour of its background" in warning.message


@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize(("paper", "ink"), [(20, 255), (220, 0), (255, 120)])
def test_text_on_a_ground_that_contrasts_is_seen(paper: int, ink: int, rotate: int) -> None:
    reading = made(ground(paper), text(60, 205, ink, "Everybody sees this"), rotate=rotate)

    assert set(parts(reading).values()) == {Visibility.VISIBLE}
    assert reading.warnings == ()


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 0), (200, 200)])
def test_text_under_something_is_hidden(paper: int, ink: int) -> None:
    reading = made(text(60, 205, ink, "Nobody sees this"), ground(paper))

    assert parts(reading)["Nobody sees this"] is Visibility.HIDDEN


@pytest.mark.parametrize(("place", "size"), [((60, 200), 1.0), ((60, 900), 10), ((-300, 200), 10)])
def test_tiny_text_and_text_off_the_page_is_hidden(place: tuple[float, float], size: float) -> None:
    reading = made(text(*place, 0, "Nobody sees this", size))

    assert parts(reading)["Nobody sees this"] is Visibility.HIDDEN


def invisible(words: str) -> Draw:
    def draw(pdf: FPDF) -> None:
        with pdf.local_context(text_mode=TextMode.INVISIBLE):
            pdf.text(60, 205, words)

    return draw


def scan(words: str) -> Draw:
    """A picture of words, as big as the page."""
    source = FPDF(unit="pt", format=(600, 800))
    source.set_font("Helvetica", size=10)
    source.add_page()
    source.text(60, 205, words)
    picture = pypdfium2.PdfDocument(bytes(source.output()))[0].render(scale=2).to_pil()

    def draw(pdf: FPDF) -> None:
        pdf.image(picture, x=0, y=0, w=600, h=800)

    return draw


def test_recognised_text_over_its_scan_is_seen() -> None:
    reading = made(scan("Recognised words"), text(60, 60, 0, BODY), invisible("Recognised words"))

    assert parts(reading)["Recognised words"] is Visibility.VISIBLE
    assert reading.warnings == ()


def test_text_without_ink_over_an_empty_picture_is_hidden() -> None:
    reading = made(scan(""), text(60, 60, 0, BODY), invisible("Nobody sees this"))

    assert parts(reading)["Nobody sees this"] is Visibility.HIDDEN


def test_hidden_words_do_not_join_seen_ones() -> None:
    reading = made(text(60, 200, 0, "The liability is"), text(140, 200, 255, "not"), text(160, 200, 0, "limited."))

    seen = [words for words, visibility in parts(reading).items() if visibility is Visibility.VISIBLE]
    assert not any("not" in words.split() for words in seen)
    assert parts(reading)["not"] is Visibility.HIDDEN


def test_file_of_hidden_text_alone_is_no_readable_document() -> None:
    from reviewer.domain.errors import InputError

    pdf = FPDF(unit="pt")
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    pdf.set_text_color(255)
    pdf.text(60, 60, "Nobody sees this")
    with pytest.raises(InputError) as caught:
        read_pdf(bytes(pdf.output()), Aids(lambda _page, _pages: None))
    assert caught.value.code == "empty_text"
