"""What must come of each fault of a model server: the one table, read by `test_faults`.

A row holds how the vote ends, how many requests the server sees, and the waits between them in seconds (chance gives
its longest). Where a kind of server, or a streamed reply, is met otherwise, that stands beside it.
"""

from dataclasses import dataclass, field
from itertools import product

SERVERS = ("openai", "anthropic", "ollama", "llama-server")
_MODES = {False: "whole", True: "streamed"}
ANSWERED = ""


@dataclass(frozen=True)
class End:
    """How a vote ends.

    Attributes:
        code: of the error; `ANSWERED` where there is none.
        requests: that the server sees.
        waits: before each further attempt; what is asked anew because of a reply is asked at once.
        stops_the_run: no other call to this endpoint can succeed.
    """

    code: str
    requests: int
    waits: tuple[float, ...] = ()
    stops_the_run: bool = False


@dataclass(frozen=True)
class Row:
    """A fault's end.

    Attributes:
        otherwise: for some servers, or ``SERVER-whole`` and ``SERVER-streamed``; None where their format knows no such
            fault.
        modes: whether it is met by whole replies, streamed ones, or both.
    """

    end: End
    otherwise: dict[str, End | None] = field(default_factory=dict)
    modes: tuple[bool, ...] = (False, True)


_UNREACHABLE = End("unreachable", 3, (0.0, 0.0), stops_the_run=True)
_BUSY = End("server_error", 4, (0.5, 1.0, 2.0))
_LIMITED = End("rate_limited", 6, (1.0, 2.0, 4.0, 8.0, 16.0))
_IN_CONFLICT = End("server_error", 3, (0.5, 1.0))
_TIMEOUT = End("timeout", 3, (0.5, 1.0))
_CUT = End("connection_lost", 2, (0.5,))
_UNREADABLE = End("bad_envelope", 2, (0.5,))
_EMPTY = End("empty_reply", 2, (0.5,))
_TOO_BIG = End("reply_too_big", 1)
_TOO_LONG = End("too_long", 1)
_NO_MODEL_THERE = End("not_a_model", 1, stops_the_run=True)
_REDIRECTED = End("redirected", 1, stops_the_run=True)
_BAD_REPLY = End("bad_reply", 2)
_REFUSED = End("refused", 1)
_USED = End(ANSWERED, 1)


def _fatal(code: str) -> Row:
    return Row(End(code, 1, stops_the_run=True))


def _limited(wait_s: float) -> Row:
    return Row(End("rate_limited", 6, (wait_s,) * 5))


def _streamed(end: End) -> Row:
    return Row(end, modes=(True,))


NOT_IN_OLLAMA: dict[str, End | None] = {"ollama": None}

TABLE: dict[str, Row] = {
    # Nobody there, or somebody else
    "connection_refused": Row(_UNREACHABLE),
    "unknown_host": Row(End("unreachable", 3, (0.5, 1.0), stops_the_run=True)),
    "tls_failure": _fatal("tls_failed"),
    "proxy_login": Row(End("proxy_refused", 1, stops_the_run=True)),
    "html": Row(_NO_MODEL_THERE),
    "blocked_page": Row(_NO_MODEL_THERE),
    "redirect_302": Row(_REDIRECTED),
    "redirect_307": Row(_REDIRECTED),
    # The request is refused
    # llama.cpp complains about the grammar: the schema, then the JSON mode are left out. No retries, but requests.
    "bad_request": Row(End("bad_request", 1), {"llama-server": End("bad_request", 3)}),
    "deep_error": Row(End("bad_request", 1)),
    "deep_error_200": Row(_BUSY),
    "unprocessable": Row(End("bad_request", 1)),
    "key_rejected": _fatal("key_rejected"),
    "payment": _fatal("no_credit"),
    "not_allowed": _fatal("not_allowed"),
    "no_model": _fatal("model_not_found"),
    "too_large": Row(_TOO_LONG),
    "context_too_long": Row(_TOO_LONG),
    "context_too_long_500": Row(_TOO_LONG),
    "no_credit": _fatal("no_credit"),
    # Not now
    "timed_out_there": Row(_IN_CONFLICT),
    "conflict": Row(_IN_CONFLICT),
    "limited": Row(_LIMITED),
    "limited_seconds": _limited(7.0),
    "limited_date": _limited(30.0),
    "limited_ms": _limited(0.25),
    "limited_zero": _limited(0.1),
    "limited_reset": _limited(60.0),
    "limited_nan": Row(_LIMITED),
    "limited_negative": Row(_LIMITED),
    "limited_past_date": Row(_LIMITED),
    "limited_wild_zone": Row(_LIMITED),
    "limited_compressed": Row(_LIMITED),
    "limited_far": _fatal("rate_limited"),
    "internal": Row(_BUSY),
    "bad_gateway": Row(_BUSY),
    "bad_gateway_page": Row(_BUSY),
    "unavailable": Row(_BUSY),
    "unavailable_seconds": Row(End("server_error", 4, (9.0, 9.0, 9.0))),
    "gateway_timeout": Row(_BUSY),
    "overloaded": Row(_BUSY),
    "error_200": Row(_BUSY),
    "loading": Row(End("server_error", 4, (10.0, 20.0, 40.0)), {"openai": None, "anthropic": None, "ollama": None}),
    # The wire
    "hang": Row(_TIMEOUT),
    "stall": Row(_TIMEOUT),
    "slow_loris": Row(_TIMEOUT),
    "reset": Row(End("connection_lost", 3, (0.5, 1.0))),
    "truncated": Row(_CUT),
    "huge": Row(_TOO_BIG),
    "huge_announced": Row(_TOO_BIG),
    "gzip_bomb": Row(End("compressed", 1)),
    # The body
    "empty_body": Row(_UNREADABLE),
    "bad_json": Row(_UNREADABLE),
    "not_utf8": Row(_UNREADABLE),
    "empty_choices": Row(_EMPTY, {"anthropic": _UNREADABLE, "ollama": _UNREADABLE}),
    "null_content": Row(_EMPTY),
    "blank_content": Row(_EMPTY),
    "only_reasoning": Row(End("only_reasoning", 1)),
    # What the model says
    "length": Row(End("reply_cut", 2)),
    "content_filter": Row(_REFUSED, NOT_IN_OLLAMA),
    "refusal": Row(_REFUSED, NOT_IN_OLLAMA),
    "prose_refusal": Row(_REFUSED),
    "not_json": Row(_BAD_REPLY),
    "wrong_schema": Row(_BAD_REPLY),
    "duplicate_keys": Row(_BAD_REPLY),
    "nan": Row(_BAD_REPLY, {"anthropic-whole": _UNREADABLE}),  # there it stands in the envelope
    "too_deep": Row(_BAD_REPLY),
    "big_number": Row(_BAD_REPLY),
    "too_many_chars": Row(_BAD_REPLY),
    "ticked": Row(_USED),
    "reasoning_tags": Row(_USED),
    "bom": Row(_USED),
    "other_model": Row(_USED),
    "odd_usage": Row(_USED),
    # Streams only
    "stream_cut": _streamed(_CUT),
    "stream_unended": _streamed(_CUT),
    "stream_stall": _streamed(_TIMEOUT),
    "stream_comments": _streamed(_TIMEOUT),
    "stream_long_line": _streamed(_TOO_BIG),
    "stream_not_json": _streamed(_UNREADABLE),
    "stream_error": _streamed(_BUSY),
}


@dataclass(frozen=True)
class Case:
    """A fault met by one kind of server, with whole or streamed replies."""

    fault: str
    server: str
    streams: bool
    end: End

    def __str__(self) -> str:
        return f"{self.fault}-{self.server}-{_MODES[self.streams]}"


def cases() -> list[Case]:
    """All that apply."""
    found = []
    for name, row in TABLE.items():
        for server, streams in product(SERVERS, row.modes):
            end = row.otherwise.get(server, row.end)
            end = row.otherwise.get(f"{server}-{_MODES[streams]}", end)
            if end is not None:
                found.append(Case(name, server, streams, end))
    return found
