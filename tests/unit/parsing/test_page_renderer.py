"""Pages drawn in a worker: the right pixels, whatever becomes of the worker."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod

from reviewer.domain.errors import InputError
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.secret import Secret
from reviewer.parsing.messages import InvalidMessageError
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.page_messages import Drawn, Opened, Refused, decode_reply, encode
from reviewer.parsing.page_renderer import DrawBudget, IsolatedPageRenderer
from reviewer.parsing.page_worker import MAX_OPEN

_WHITE = b"\xff\xff\xff"
_MakeRenderer = Callable[..., IsolatedPageRenderer]


@pytest.fixture
def make_renderer() -> Iterator[_MakeRenderer]:
    renderers: list[IsolatedPageRenderer] = []

    def make(drawer: str = "", **options: object) -> IsolatedPageRenderer:
        name = {"drawer_name": f"tests.unit.parsing.misbehaving_drawers:{drawer}"} if drawer else {}
        renderers.append(IsolatedPageRenderer(**name, **options))  # type: ignore[arg-type]
        return renderers[-1]

    yield make
    for renderer in renderers:
        renderer.close()
    assert not _workers()


def _workers() -> list[int]:
    return [child.pid or 0 for child in multiprocessing.active_children() if child.name == "reviewer-pages"]


def _pdf(pages: int = 1, encryption: str = "") -> bytes:
    """Pages of 200 by 100 points with a red square of 10 points at (150, 80), and a black one on page 2."""
    pdf = FPDF(unit="pt", format=(200, 100))
    pdf.set_auto_page_break(False)
    for number in range(1, pages + 1):
        pdf.add_page()
        pdf.set_fill_color(255 if number == 1 else 0, 0, 0)
        pdf.rect(150, 80, 10, 10, style="F")
    if encryption:
        pdf.set_encryption("owner", encryption, EncryptionMethod.AES_256)
    return bytes(pdf.output())


def _tile(page: int = 1, scale: float = 1.0, x: int = 0, y: int = 0, width: int = 8, height: int = 8) -> Tile:
    return Tile(page, scale, x, y, width, height)


def _pixel(raster: Raster, x: int, y: int) -> tuple[int, int, int]:
    """Red, green, blue."""
    at = 4 * (y * raster.width + x)
    blue, green, red = raster.data[at : at + 3]
    return red, green, blue


def _pid(raster: Raster) -> int:
    return int.from_bytes(raster.data[:4], "little")


def _code(ask: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.user_message.endswith(".")
    assert caught.value.hint.endswith(".")
    return caught.value.code


def test_renderer_draws_a_whole_page(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    raster = renderer.render("a", _tile(width=200, height=100))
    assert (raster.width, raster.height, len(raster.data)) == (200, 100, 200 * 100 * 4)
    assert _pixel(raster, 155, 85) == (255, 0, 0)
    assert _pixel(raster, 148, 85) == (255, 255, 255)
    assert set(raster.data[3::4]) == {255}


def test_renderer_draws_a_part_of_a_page_as_it_is_in_the_whole(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    raster = renderer.render("a", _tile(scale=3.0, x=440, y=230, width=50, height=50))
    assert _pixel(raster, 9, 20) == (255, 255, 255)
    assert _pixel(raster, 11, 20) == (255, 0, 0)
    assert _pixel(raster, 20, 9) == (255, 255, 255)
    assert _pixel(raster, 20, 11) == (255, 0, 0)
    assert _pixel(raster, 41, 20) == (255, 255, 255)


def test_renderer_leaves_white_what_lies_beyond_the_page(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    raster = renderer.render("a", _tile(x=190, y=90, width=64, height=64))
    assert {raster.data[at : at + 3] for at in range(0, len(raster.data), 4)} == {_WHITE}


def test_renderer_draws_annotations(make_renderer: _MakeRenderer) -> None:
    pdf = FPDF(unit="pt", format=(200, 100))
    pdf.add_page()
    pdf.ink_annotation([(20, 20), (60, 60), (20, 60), (20, 20)], color=(0, 0, 1), border_width=6)
    renderer = make_renderer()
    renderer.open("a", bytes(pdf.output()))
    raster = renderer.render("a", _tile(width=200, height=100))
    assert any(raster.data[at : at + 3] != _WHITE for at in range(0, len(raster.data), 4))


def test_renderer_keeps_the_pages_of_several_files_apart(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("red", _pdf())
    renderer.open("two", _pdf(2))
    assert _pixel(renderer.render("two", _tile(page=2, x=150, y=80)), 4, 4) == (0, 0, 0)
    assert _pixel(renderer.render("red", _tile(page=1, x=150, y=80)), 4, 4) == (255, 0, 0)
    assert len(_workers()) == 1


def test_renderer_keeps_an_open_file_as_it_is(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    renderer.open("a", b"no PDF at all")
    assert _pixel(renderer.render("a", _tile(x=150, y=80)), 4, 4) == (255, 0, 0)


def test_renderer_starts_no_worker_before_the_first_file(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    assert _code(lambda: renderer.render("a", _tile())) == OutcomeCode.NOT_OPEN
    assert not _workers()


@pytest.mark.parametrize("page", [0, -1, 3, 2**40])
def test_renderer_refuses_a_page_that_is_not_there(make_renderer: _MakeRenderer, page: int) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf(2))
    assert _code(lambda: renderer.render("a", _tile(page=page))) == OutcomeCode.NO_SUCH_PAGE
    renderer.render("a", _tile(page=2))


@pytest.mark.parametrize(
    "tile",
    [
        _tile(width=4097),
        _tile(height=4097),
        _tile(width=0),
        _tile(scale=0.0),
        _tile(scale=float("nan")),
        _tile(scale=float("inf")),
        _tile(scale=65.0),
        _tile(x=2**31),
        _tile(y=-(2**31)),
    ],
)
def test_renderer_refuses_a_tile_without_bounds(make_renderer: _MakeRenderer, tile: Tile) -> None:
    renderer = make_renderer()
    assert _code(lambda: renderer.render("a", tile)) == OutcomeCode.TOO_BIG


def test_renderer_draws_the_largest_tile(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    assert len(renderer.render("a", _tile(width=4096, height=4096)).data) == 4096 * 4096 * 4


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and then nothing", b"\x00\xff" * 5000, _pdf()[:300]])
def test_renderer_refuses_garbage_and_goes_on(make_renderer: _MakeRenderer, data: bytes) -> None:
    renderer = make_renderer()
    assert _code(lambda: renderer.open("bad", data)) == OutcomeCode.CORRUPT
    assert _code(lambda: renderer.render("bad", _tile())) == OutcomeCode.NOT_OPEN
    renderer.open("good", _pdf())
    assert renderer.render("good", _tile()).width == 8


def test_renderer_refuses_an_encrypted_file(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    assert _code(lambda: renderer.open("a", _pdf(encryption="secret"))) == OutcomeCode.ENCRYPTED
    assert _code(lambda: renderer.open("a", _pdf(encryption="secret"), Secret("guess"))) == OutcomeCode.WRONG_PASSWORD
    renderer.open("a", _pdf(encryption="secret"), Secret("secret"))


def test_renderer_goes_on_when_its_worker_is_killed(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    renderer.open("b", _pdf(2))
    before = _workers()
    for child in multiprocessing.active_children():
        child.kill()
        child.join(30)
    assert _pixel(renderer.render("a", _tile(x=150, y=80)), 4, 4) == (255, 0, 0)
    assert _pixel(renderer.render("b", _tile(page=2, x=150, y=80)), 4, 4) == (0, 0, 0)
    assert _workers() != before


@pytest.mark.parametrize(
    ("drawer", "code"),
    [
        ("AbortingDrawer", OutcomeCode.ENGINE_CRASH),
        ("RaisingDrawer", OutcomeCode.ENGINE_CRASH),
        ("HangingDrawer", OutcomeCode.TIMEOUT),
        ("GreedyDrawer", OutcomeCode.MEMORY),
    ],
)
def test_renderer_loses_one_page_to_a_bad_page(make_renderer: _MakeRenderer, drawer: str, code: OutcomeCode) -> None:
    renderer = make_renderer(drawer, budget=DrawBudget(draw_s=1.0))
    renderer.open("a", b"")
    before = _pid(renderer.render("a", _tile()))
    assert _code(lambda: renderer.render("a", _tile(page=13))) == code
    after = _pid(renderer.render("a", _tile()))
    assert before != after
    assert after == _pid(renderer.render("a", _tile(page=2)))


def test_renderer_loses_one_file_to_a_file_that_hangs(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer("HangingOpener", budget=DrawBudget(open_s=0.5))
    renderer.open("good", b"")
    assert _code(lambda: renderer.open("bad", b"hang")) == OutcomeCode.TIMEOUT
    assert _pid(renderer.render("good", _tile())) in _workers()


def test_renderer_believes_no_picture_of_another_size(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer("LyingDrawer")
    renderer.open("a", b"")
    assert _code(lambda: renderer.render("a", _tile(page=1))) == OutcomeCode.ENGINE_CRASH
    assert not _workers()


def test_renderer_does_not_argue_with_a_worker(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer("StubbornDrawer")
    renderer.open("a", b"")
    assert _code(lambda: renderer.render("a", _tile())) == OutcomeCode.NOT_OPEN


def test_renderer_keeps_the_files_used_last(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    for number in range(MAX_OPEN):
        renderer.open(str(number), _pdf())
    renderer.render("0", _tile())
    renderer.open("new", _pdf())
    assert _code(lambda: renderer.render("1", _tile())) == OutcomeCode.NOT_OPEN
    for key in ("0", "2", "3", "new"):
        assert renderer.render(key, _tile()).width == 8


def test_renderer_serves_several_threads(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf(12))
    with ThreadPoolExecutor(6) as executor:
        rasters = list(executor.map(lambda page: renderer.render("a", _tile(page, x=150, y=80)), range(1, 13)))
    assert [_pixel(raster, 4, 4) for raster in rasters] == [(255, 0, 0)] + [(0, 0, 0)] * 11


def test_renderer_ends_a_page_in_work_when_closed(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer("HangingDrawer", budget=DrawBudget(draw_s=60.0))
    renderer.open("a", b"")
    begun = threading.Event()

    def draw() -> str:
        begun.set()
        return _code(lambda: renderer.render("a", _tile(page=13)))

    with ThreadPoolExecutor(1) as executor:
        drawing = executor.submit(draw)
        assert begun.wait(30)
        renderer.close()
        assert drawing.result(timeout=30) in {OutcomeCode.CLOSED, OutcomeCode.NOT_OPEN}


def test_renderer_is_closed_for_good(make_renderer: _MakeRenderer) -> None:
    renderer = make_renderer()
    renderer.open("a", _pdf())
    renderer.close()
    renderer.close()
    assert not _workers()
    assert _code(lambda: renderer.open("a", _pdf())) == OutcomeCode.CLOSED
    assert _code(lambda: renderer.render("a", _tile())) == OutcomeCode.NOT_OPEN


@pytest.mark.parametrize("reply", [Opened(), Drawn(b"\x01"), Refused(OutcomeCode.CORRUPT)])
def test_replies_come_back_as_they_were(reply: Opened | Drawn | Refused) -> None:
    assert decode_reply(encode(reply)) == reply


@pytest.mark.parametrize("noise", [b"", b"\xc1", msgspec.msgpack.encode({"type": "drawn"}), b"\x91" * 5000])
def test_noise_is_no_reply(noise: bytes) -> None:
    with pytest.raises(InvalidMessageError):
        decode_reply(noise)


@pytest.mark.data
def test_renderer_refuses_or_draws_hostile_files_and_goes_on(make_renderer: _MakeRenderer, shared_data: Path) -> None:
    renderer = make_renderer(budget=DrawBudget(draw_s=5.0, open_s=5.0))
    names = sorted((shared_data / "hostile" / "synthetic").glob("*.pdf"))
    assert names
    for path in names:
        with suppress(InputError):
            renderer.open(path.name, path.read_bytes())
            assert renderer.render(path.name, _tile(width=64, height=64)).width == 64
    renderer.open("good", _pdf())
    assert renderer.render("good", _tile()).width == 8
