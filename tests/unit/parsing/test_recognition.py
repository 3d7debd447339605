"""Recognition of scanned pages: the language, the way up, many pages at a time."""

import threading
from collections.abc import Callable

import pytest

from reviewer.parsing.messages import InvalidMessageError
from reviewer.parsing.program import ProgramError
from reviewer.parsing.recognition import Recognizer, Scans, turned
from reviewer.parsing.scan import Picture, Word

_PICTURE = Picture(3, 2, 150, b"\x00\x01\x02\x03\x04\x05")


class Program:
    """Answers as told; notes what it was asked."""

    def __init__(self, answer: Callable[[Picture, str], tuple[Word, ...]], turns: int = 0, script: str = "") -> None:
        self.answer, self.turns, self.script = answer, turns, script
        self.asked: list[str] = []
        self.is_closed = False

    def languages(self) -> tuple[str, ...]:
        return ("eng", "deu", "chi_sim")

    def words(self, picture: Picture, language: str) -> tuple[Word, ...]:
        self.asked.append(language)
        return self.answer(picture, language)

    def orientation(self, picture: Picture) -> tuple[int, str]:
        return self.turns, self.script

    def close(self) -> None:
        self.is_closed = True


def _word(text: str, confidence: float, box: tuple[int, int, int, int] = (0, 0, 1, 1)) -> tuple[Word, ...]:
    return (Word(text, 0, *box, confidence),)


def _identify(text: str) -> tuple[str, float]:
    return {"wort": ("de", 0.9), "mot": ("fr", 0.9), "mit": ("de", 0.2)}.get(text, ("en", 0.9))


def _recognizer(program: Program) -> Recognizer:
    return Recognizer(program, _identify)  # type: ignore[arg-type]  # what is used of it is there


def test_page_in_the_first_language_is_read_once() -> None:
    program = Program(lambda _picture, _language: _word("word", 0.9))
    recognizer = _recognizer(program)
    assert recognizer.words(_PICTURE, Scans(recognizer)) == _word("word", 0.9)
    assert program.asked == ["eng"]


def test_page_in_another_language_is_read_again_and_the_next_page_at_once_in_it() -> None:
    program = Program(lambda _picture, language: _word("wort", 0.95 if language == "deu" else 0.75))
    recognizer = _recognizer(program)
    scans = Scans(recognizer)
    assert recognizer.words(_PICTURE, scans) == _word("wort", 0.95)
    assert recognizer.words(_PICTURE, scans) == _word("wort", 0.95)
    assert program.asked == ["eng", "deu", "deu"]


@pytest.mark.parametrize("text", ["mot", "mit"])
def test_page_is_read_once_where_its_language_is_unknown_or_not_installed(text: str) -> None:
    program = Program(lambda _picture, _language: _word(text, 0.9))
    recognizer = _recognizer(program)
    recognizer.words(_PICTURE, Scans(recognizer))
    assert program.asked == ["eng"]


def test_page_that_cannot_be_read_well_is_turned_and_its_words_placed_back() -> None:
    def answer(picture: Picture, _language: str) -> tuple[Word, ...]:
        return _word("right", 0.9, (0, 0, 2, 1)) if picture.pixels[0] == 5 else _word("wrong", 0.5)

    recognizer = _recognizer(Program(answer, turns=2))
    assert recognizer.words(_PICTURE, Scans(recognizer)) == (Word("right", 0, 1, 1, 3, 2, 0.9, turned=2),)


def test_chinese_page_is_read_as_chinese() -> None:
    program = Program(lambda _picture, language: _word("字", 0.9 if language == "chi_sim" else 0.3), script="Han")
    recognizer = _recognizer(program)
    assert recognizer.words(_PICTURE, Scans(recognizer)) == _word("字", 0.9)


def test_noise_gives_no_words() -> None:
    recognizer = _recognizer(Program(lambda _picture, _language: _word("~", 0.3)))
    assert recognizer.words(_PICTURE, Scans(recognizer)) == ()


def test_program_that_fails_gives_no_words() -> None:
    def fail(_picture: Picture, _language: str) -> tuple[Word, ...]:
        raise ProgramError("tesseract")

    recognizer = _recognizer(Program(fail))
    assert recognizer.words(_PICTURE, Scans(recognizer)) == ()


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_turning_a_picture_and_its_places_back_fit_together(turns: int) -> None:
    dark = Picture(3, 2, 150, b"\xff\xff\x00" + b"\xff\xff\xff")  # the top right pixel

    def find(picture: Picture, _language: str) -> tuple[Word, ...]:
        place = picture.pixels.index(b"\x00")
        x, y = place % picture.width, place // picture.width
        return _word("dot", 0.9 if picture is not dark else 0.5, (x, y, x + 1, y + 1))

    assert (turned(dark, turns).width, turned(dark, turns).height) == ((2, 3) if turns % 2 else (3, 2))
    recognizer = _recognizer(Program(find, turns))
    (word,) = recognizer.words(dark, Scans(recognizer))
    assert (word.left, word.top, word.right, word.bottom) == (2, 0, 3, 1)


def test_quarter_turn_is_clockwise() -> None:
    assert turned(_PICTURE, 1) == Picture(2, 3, 150, b"\x03\x00\x04\x01\x05\x02")


def test_pages_come_back_in_order_and_are_read_side_by_side() -> None:
    second = threading.Event()

    def answer(picture: Picture, _language: str) -> tuple[Word, ...]:
        if picture.dpi == 1:
            assert second.wait(20.0)
        else:
            second.set()
        return _word(str(picture.dpi), 0.9)

    recognizer = _recognizer(Program(answer))
    recognizer._threads._max_workers = 2  # also on a machine with one core
    scans = Scans(recognizer)
    for number in (1, 2):
        scans.add(Picture(1, 1, number, b"\x00"))
    assert [scans.next_words()[0].text for _ in range(2)] == ["1", "2"]
    recognizer.close()


def test_more_pages_than_agreed_and_words_of_no_page_are_refused() -> None:
    program = Program(lambda _picture, _language: ())
    recognizer = _recognizer(program)
    scans = Scans(recognizer)
    for _ in range(scans.at_once):
        scans.add(_PICTURE)
    with pytest.raises(InvalidMessageError):
        scans.add(_PICTURE)
    for unasked in (Scans(None), Scans(recognizer)):
        with pytest.raises(InvalidMessageError):
            unasked.next_words()
    with pytest.raises(InvalidMessageError):
        Scans(None).add(_PICTURE)
    scans.close()
    recognizer.close()
    assert program.is_closed


def test_closed_recognizer_gives_no_words() -> None:
    recognizer = _recognizer(Program(lambda _picture, _language: _word("late", 0.9)))
    recognizer.close()
    scans = Scans(recognizer)
    scans.add(_PICTURE)
    assert scans.next_words() == ()
