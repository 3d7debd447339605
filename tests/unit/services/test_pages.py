"""Pages of documents, drawn by a fake."""

import asyncio
import threading
from pathlib import Path

import pytest

from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId, sha256_hex
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.services.pages import PageService
from reviewer.services.passwords import Passwords
from tests.fakes.documents import make_document

_TILE = Tile(1, 1.0, 0, 0, 2, 1)
_WORDS = "The words of the file."


class FakeRenderer:
    """Keeps one file open, and draws its first bytes."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.threads: set[int] = set()

    def open(self, key: str, data: bytes, password: Secret = NO_SECRET) -> None:
        if data.startswith(b"LOCKED") and password.reveal() != "secret":
            code = "wrong_password" if password else "encrypted"
            raise InputError(code, "The pages are protected.", "Enter the password.")
        self.threads.add(threading.get_ident())
        self.files = {key: data}

    def render(self, key: str, tile: Tile) -> Raster:
        self.threads.add(threading.get_ident())
        if key not in self.files:
            raise InputError("not_open", "It is not open.", "Open it.")
        if tile.page != 1:
            raise InputError("no_such_page", "There is no such page.", "Choose another.")
        return Raster(tile.width, tile.height, self.files[key][: 4 * tile.width * tile.height])

    def close(self) -> None:
        self.files = {}


@pytest.fixture
def renderer() -> FakeRenderer:
    return FakeRenderer()


@pytest.fixture
def service(renderer: FakeRenderer) -> PageService:
    return PageService(renderer, Passwords())


def _file(folder: Path, words: str = _WORDS) -> tuple[Document, Path]:
    path = folder / f"{sha256_hex(words)[:8]}.pdf"
    path.write_text(words, encoding="utf-8")
    return make_document(words), path


def _refusal(service: PageService, document: Document, path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        asyncio.run(service.open(document, path))
    assert caught.value.user_message.endswith(".")
    assert caught.value.hint.endswith(".")
    assert str(path) not in caught.value.user_message
    return caught.value


def test_pages_are_drawn_from_the_file_in_another_thread(
    service: PageService, renderer: FakeRenderer, tmp_path: Path
) -> None:
    document, path = _file(tmp_path)

    async def draw() -> Raster:
        await service.open(document, path)
        return await service.tile(document.id, _TILE)

    assert asyncio.run(draw()) == Raster(2, 1, b"The word")
    assert threading.get_ident() not in renderer.threads


def test_pages_of_a_missing_file_are_refused(service: PageService, tmp_path: Path) -> None:
    document, path = _file(tmp_path)
    path.unlink()
    assert _refusal(service, document, path).code == "original_missing"
    assert _refusal(service, document, tmp_path).code == "original_missing"


def test_pages_of_a_changed_file_are_refused(service: PageService, renderer: FakeRenderer, tmp_path: Path) -> None:
    document, path = _file(tmp_path)
    path.write_text("Other words.", encoding="utf-8")
    assert _refusal(service, document, path).code == "original_changed"
    assert not renderer.files


def test_pages_of_a_file_that_may_not_be_read_are_refused(
    service: PageService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(path: Path) -> bytes:
        raise PermissionError(13, "denied")

    document, path = _file(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", deny)
    assert _refusal(service, document, path).code == "original_unreadable"


def test_pages_of_a_document_that_was_never_opened_are_refused(service: PageService) -> None:
    with pytest.raises(InputError, match="not_open"):
        asyncio.run(service.tile(DocumentId("unknown"), _TILE))


def test_a_page_that_cannot_be_drawn_is_refused_once(service: PageService, tmp_path: Path) -> None:
    document, path = _file(tmp_path)
    asyncio.run(service.open(document, path))
    with pytest.raises(InputError, match="no_such_page"):
        asyncio.run(service.tile(document.id, Tile(2, 1.0, 0, 0, 2, 1)))


def test_a_file_that_others_pushed_out_is_opened_again(service: PageService, tmp_path: Path) -> None:
    first, second = _file(tmp_path), _file(tmp_path, "Quite other words.")

    async def draw() -> Raster:
        await service.open(*first)
        await service.open(*second)
        return await service.tile(first[0].id, _TILE)

    assert asyncio.run(draw()).data == b"The word"


def test_a_file_that_others_pushed_out_is_missed_when_it_is_gone(service: PageService, tmp_path: Path) -> None:
    first, second = _file(tmp_path), _file(tmp_path, "Quite other words.")

    async def draw() -> Raster:
        await service.open(*first)
        await service.open(*second)
        first[1].unlink()
        return await service.tile(first[0].id, _TILE)

    with pytest.raises(InputError, match="original_missing"):
        asyncio.run(draw())


def test_protected_pages_are_drawn_with_the_password_that_was_given(
    service: PageService, renderer: FakeRenderer, tmp_path: Path
) -> None:
    document, path = _file(tmp_path, "LOCKED words of the file.")
    assert _refusal(service, document, path).code == "encrypted"
    with pytest.raises(InputError, match="wrong_password"):
        asyncio.run(service.unlock(document, path, Secret("guess")))
    assert _refusal(service, document, path).code == "encrypted"
    asyncio.run(service.unlock(document, path, Secret("secret")))
    asyncio.run(service.open(document, path))
    assert document.id in renderer.files
