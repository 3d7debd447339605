"""Reading what a model replies: JSON of the schema that was asked for, and nothing else."""

import json
import math
import re
from collections.abc import Callable
from typing import Any

import fastjsonschema

from reviewer.domain.ids import Json
from reviewer.ports.handling import InvalidReplyError

MAX_CHARS = 1_000_000
MAX_DEPTH = 20
MAX_DIGITS = 18
"""Of a whole number: what every reader of the reports can hold."""

MAX_MESSAGE_CHARS = 300

# Some servers swallow the opening tag. A reply that begins with JSON has no thoughts before it.
_THOUGHTS = re.compile(
    r"\A(?!\s*[{`]|\s*\[(?!THINK\])).*?"
    r"(?:</(?:seed:)?(?:think|thinking|thoughts?|reasoning|reflection)>|\[/THINK\]|<\|channel\|>final<\|message\|>)",
    re.DOTALL | re.IGNORECASE,
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
_FENCED = re.compile(r"\A[^{\[`]*```[a-zA-Z]*[^\S\n]*\n(.*?)\n?```[^`]*\Z", re.DOTALL)
_BYTE_ORDER_MARK = "\ufeff"


class ReplyReader:
    """Reads replies of one schema; the schema is compiled once.

    A code fence around the JSON (a sentence before and after it as well) and a block of thoughts before it are
    tolerated, because many models cannot leave them off. Nothing is repaired beyond that: a bracket added is an answer
    invented.
    """

    def __init__(self, schema: dict[str, Json]) -> None:
        self._validate: Callable[[Any], Any] = fastjsonschema.compile(schema)

    def read(self, reply: str) -> dict[str, Any]:
        """The reply as plain values.

        Raises:
            InvalidReplyError: it is not JSON, or not of the schema; the message is fit to be sent back to the model.
        """
        if len(reply) > MAX_CHARS:
            raise invalid_reply(f"it has more than {MAX_CHARS} characters.")
        text = _bare(reply)
        try:
            value = _DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            raise invalid_reply(f"it is not JSON ({error}).") from error
        # No value is nested more deeply than it has brackets: most replies need not be walked through.
        if text.count("{") + text.count("[") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
            raise invalid_reply("it is nested too deeply.")
        if _may_hold_half(text) and _HALF_CHARACTER.search(json.dumps(value, ensure_ascii=False)):
            raise invalid_reply("it holds half of a character.")
        try:
            self._validate(value)
        except fastjsonschema.JsonSchemaValueException as error:
            raise invalid_reply(f"it is not of the schema: {_complaint(error)}.") from error
        return dict(value)


def _complaint(error: fastjsonschema.JsonSchemaValueException) -> str:
    """What is wrong, without a word of the reply's own: it is shown to people, and a key can be any text."""
    if error.rule == "additionalProperties":
        return f"{error.name} has a key that the schema does not name"
    return error.message


def _bare(reply: str) -> str:
    text = _THOUGHTS.sub("", reply.removeprefix(_BYTE_ORDER_MARK)).strip()
    fenced = _FENCED.match(text)
    return fenced.group(1) if fenced else text


def _may_hold_half(text: str) -> bool:
    """Whether a JSON text may hold half of a character, as it is or escaped; False is certain."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return _HALF_ESCAPED.search(text) is not None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not allowed")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _no_number("a number without end")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_constant=_no_number, parse_float=_finite, parse_int=_whole
)


def _depth(value: Any) -> int:
    """How deeply lists and objects are nested; stops counting past the limit."""
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            child
            for each in level
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
        ]
    return depth


def invalid_reply(what: str) -> InvalidReplyError:
    """The error for a reply of which this is wrong; cut, as a reply may put anything into it."""
    return InvalidReplyError("bad_reply", what if len(what) <= MAX_MESSAGE_CHARS else what[:MAX_MESSAGE_CHARS] + "...")
