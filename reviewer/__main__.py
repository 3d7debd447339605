"""The process's entry: ``reviewer`` and ``python -m reviewer``. Chooses between the window and the command line.

A frozen application starts its worker processes here, so that comes first.
"""

import argparse
import logging
import multiprocessing
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime

from reviewer.cli.console import Console
from reviewer.cli.main import main as command_line
from reviewer.cli.settings import effective, flag_layer, models_of
from reviewer.domain.errors import ConfigError
from reviewer.domain.settings import INVALID, Settings, merge, settings_of
from reviewer.services.crash import crash_line, take_uncaught
from reviewer.services.logs import OURS
from reviewer.storage.secrets import take_secrets

_log = logging.getLogger(OURS)


def main() -> int:
    """Runs the command of the process's arguments; gives the exit code."""
    take_secrets(os.environ)
    take_uncaught(_log_defect)
    return command_line(window=_open_window)


def _log_defect(error: BaseException) -> None:
    _log.error("%s", crash_line(error, datetime.now(UTC).isoformat(timespec="seconds")))


def _open_window(namespace: argparse.Namespace) -> int:
    settings, problem = _settings(namespace)
    try:
        from reviewer.app import run_gui  # noqa: PLC0415 - no other command may load Qt
    except ImportError as error:
        raise ConfigError(
            "no_window",
            f"The window cannot be loaded: {error}.",
            "Install the system libraries that Qt needs (see the README), or use: reviewer review FILE",
        ) from error
    return run_gui(namespace, settings, problem)


def _settings(namespace: argparse.Namespace) -> tuple[Settings, ConfigError | None]:
    """What holds for the window; where files are wrong, nothing but the flags, and what is wrong: the window says so.

    Raises:
        ConfigError: the flags are wrong.
    """
    console = Console(as_json=namespace.json, quiet=namespace.quiet)
    try:
        found = effective(namespace, console)
        return replace(found.settings, panel=models_of(found, console)), None
    except ConfigError as error:
        is_about_flags = bool(namespace.model or namespace.base_url or namespace.engine)
        if is_about_flags or error.code not in {INVALID, "settings_unreadable", "no_model"}:
            raise
        return settings_of(merge([flag_layer(namespace)])), error


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
