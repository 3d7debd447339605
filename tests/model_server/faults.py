"""How the model server misbehaves on request; `catalogue` has names for the usual ways."""

from dataclasses import dataclass

KINDS = (
    "status",  # answers `status`, with `retry_after`, `headers` and error code `code`
    "page",  # a web page with `status`
    "deep_error",  # `status`, with an error a thousand levels deep
    "redirect",  # `status` (307 where that is none of 3xx) to `location`
    # What the model says is odd:
    "not_json",  # prose
    "prose_refusal",  # prose that declines
    "ticked",  # JSON wrapped in a code fence
    "reasoning_tags",  # thoughts before the JSON
    "bom",  # a byte order mark before the JSON
    "wrong_schema",  # JSON of another shape
    "duplicate_keys",
    "nan",
    "too_deep",
    "big_number",
    "too_many_chars",  # more than a million
    "refusal",  # the model declines
    "content_filter",  # finish_reason content_filter
    "length",  # cut in the middle
    "null_content",
    "blank_content",
    "only_reasoning",  # thoughts and no answer
    "other_model",  # another model answers
    "odd_usage",  # more tokens written than there are
    "not_utf8",
    # The body is odd, with status 200:
    "empty_choices",
    "html",  # a web page
    "error_200",  # an error object
    "bad_json",  # the first half
    "empty_body",
    # The delivery is odd:
    "truncated",  # connection closed in the middle of the body
    "reset",  # connection closed before any byte
    "hang",  # no byte ever
    "stall",  # the beginning of a body, then nothing
    "drip",  # one byte every `every_s`
    "huge",  # 50 MB, sent in pieces without a length
    "huge_announced",  # a length of 50 MB
    "gzip_bomb",  # 40 MB in 40 kB, although nobody asked for compression
    # Where a stream was asked for; else the reply is as it should be:
    "stream_cut",  # connection closed after half of the stream
    "stream_unended",  # half of the stream, then an end in good order
    "stream_error",  # half of the stream, then an error object with `code`
    "stream_stall",  # half of the stream, then nothing
    "stream_comments",  # comments or blank lines every `every_s`, and nothing else
    "stream_long_line",  # a line of 2 MB
    "stream_not_json",  # half of the stream, then a part that is no JSON
)


@dataclass(frozen=True)
class Fault:
    """One way to misbehave.

    Attributes:
        kind: one of `KINDS`.
        first: how many chat requests it meets, counted from the first; None for all.
        headers: further header lines, each ended by CR and LF.
    """

    kind: str
    first: int | None = None
    status: int = 503
    retry_after: str = ""
    retry_after_ms: str = ""
    headers: str = ""
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

    @property
    def header_lines(self) -> str:
        """All of its headers."""
        named = {"Retry-After": self.retry_after, "Retry-After-Ms": self.retry_after_ms, "Location": self.location}
        return "".join(f"{name}: {value}\r\n" for name, value in named.items() if value) + self.headers
