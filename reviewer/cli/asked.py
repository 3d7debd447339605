"""Questions given on the command line: by flag, and one a line in a file."""

import argparse

from reviewer.domain.errors import ConfigError
from reviewer.services.requests import clean_questions


def questions_of(namespace: argparse.Namespace) -> tuple[str, ...]:
    """The questions of ``--question`` and ``--questions``, each once, in that order.

    Raises:
        ConfigError: ``unreadable_questions``; the file cannot be read.
    """
    return clean_questions([*namespace.question, *_lines(namespace)])


def _lines(namespace: argparse.Namespace) -> list[str]:
    if namespace.questions is None:
        return []
    try:
        text: str = namespace.questions.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"The questions in {namespace.questions} cannot be read."
        raise ConfigError("unreadable_questions", problem, "Check the name; it must be UTF-8 text.") from error
    return text.splitlines()
