"""How the model server misbehaves on request."""

import json
from dataclasses import dataclass, fields

KINDS = (
    "status",  # answers `status`, with `retry_after` and error code `code`
    "not_json",  # content is prose
    "ticked",  # content is JSON wrapped in a code fence
    "wrong_schema",  # content is JSON of another shape
    "refusal",  # the model declines
    "content_filter",  # finish_reason content_filter
    "length",  # content cut in the middle
    "null_content",
    "blank_content",
    "empty_choices",
    "html",  # a web page with status 200
    "error_200",  # an error object with status 200
    "bad_json",  # the envelope is no JSON
    "not_utf8",
    "truncated",  # connection closed in the middle of the body
    "reset",  # connection closed before any byte
    "hang",  # no byte ever
    "drip",  # one byte every `every_s`
    "huge",  # 50 MB, sent in pieces without a length
    "huge_announced",  # a length of 50 MB
    "redirect",  # 307 to `location`
)


@dataclass(frozen=True)
class Fault:
    """One way to misbehave.

    Attributes:
        kind: one of `KINDS`.
        first: how many chat requests it meets, counted from the first; None for all.
    """

    kind: str
    first: int | None = None
    status: int = 503
    retry_after: str = ""
    retry_after_ms: str = ""
    code: str = ""
    message: str = "told to fail"
    location: str = ""
    every_s: float = 0.05

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}")

    def meets(self, number: int) -> bool:
        """Whether the request of this number, from 0, is met."""
        return self.first is None or number < self.first


def parse_fault(text: str) -> Fault:
    """``status:status=429,first=3,retry_after=1`` as a fault."""
    kind, _, rest = text.partition(":")
    values = dict(part.split("=", 1) for part in rest.split(",") if part)
    known = {field.name: field.type for field in fields(Fault)}
    typed: dict[str, str | int | float] = {}
    for name, value in values.items():
        kind_of = str(known[name])
        typed[name] = int(value) if "int" in kind_of else float(value) if "float" in kind_of else value
    return Fault(kind, **typed)  # type: ignore[arg-type]


def error_body(message: str, code: str = "", param: str = "") -> bytes:
    """An error as OpenAI-compatible endpoints send it."""
    return json.dumps(
        {"error": {"message": message, "type": code or "error", "param": param or None, "code": code or None}}
    ).encode()
