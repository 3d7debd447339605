"""The process's entry: ``reviewer`` and ``python -m reviewer``. Chooses between the window and the command line.

A frozen application starts its worker processes here, so that comes first.
"""

import argparse
import multiprocessing
import sys

from reviewer.cli.main import main as command_line
from reviewer.cli.review import model_choices
from reviewer.domain.errors import ConfigError


def main() -> int:
    """Runs the command of the process's arguments; gives the exit code."""
    return command_line(window=_open_window)


def _open_window(namespace: argparse.Namespace) -> int:
    models = model_choices(namespace)
    try:
        from reviewer.app import run_gui  # noqa: PLC0415 - no other command may load Qt
    except ImportError as error:
        raise ConfigError(
            "no_window",
            f"The window cannot be loaded: {error}.",
            "Install the system libraries that Qt needs (see the README), or use: reviewer review FILE",
        ) from error
    return run_gui(namespace, models)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
