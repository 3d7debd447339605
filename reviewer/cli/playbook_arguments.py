"""The arguments of ``reviewer playbooks``."""

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

from reviewer.domain.outcome import Outcome

KEPT_AS = (Outcome.PREFERRED, Outcome.FALLBACK)
"""What a wording of one's own may be in a playbook."""
AddCommand: TypeAlias = Callable[[Any, str, str], argparse.ArgumentParser]
"""Adds a command by name and what it does, with the flags that all have."""


def add_playbook_actions(
    playbooks: argparse.ArgumentParser, command: AddCommand, flags: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds what can be done with playbooks; ``flags`` adds those of a command that needs a workspace."""
    actions = playbooks.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = command(actions, "list", "playbooks: the bundled ones and your own")
    show = command(actions, "show", "what a playbook wants, position by position")
    show.add_argument("playbook", metavar="ID")
    check = command(actions, "check", "check a playbook file, and try its examples and its positions on each other")
    check.add_argument("file", metavar="FILE|ID")
    keep = command(actions, "keep", "keep a wording of yours in your own copy of a playbook")
    drop = command(actions, "drop", "take a position that is not yours out of your own copy of a playbook")
    undo = command(actions, "undo", "take the last change of your own copy back")
    for each in (keep, drop, undo):
        each.add_argument("playbook", metavar="ID")
    for each in (keep, drop):
        each.add_argument("position", metavar="POSITION", help="its id, as reports name it")
    keep.add_argument("--as", dest="kept_as", choices=[each.value for each in KEPT_AS], required=True)
    keep.add_argument("--wording", metavar="TEXT", required=True, help="the words that the clause should have")
    keep.add_argument(
        "--when", metavar="TEXT", default="As we agreed before.", help="when a fallback is acceptable, in plain words"
    )
    for each in (listed, show, check, keep, drop, undo):
        flags(each)
