from argparse import Namespace
from pathlib import Path

import pytest

from reviewer.cli.asked import questions_of
from reviewer.domain.errors import ConfigError


def test_questions_of_flags_and_file_come_once_each(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_text("Who  pays?\n\nWhen?\n", "utf-8")
    assert questions_of(Namespace(question=["When?"], questions=path)) == ("When?", "Who pays?")
    assert questions_of(Namespace(question=[], questions=None)) == ()


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"questions in .*none\.txt cannot be read"):
        questions_of(Namespace(question=[], questions=tmp_path / "none.txt"))
