"""The hook cannot be taken out of a process again: each border is that of a process of its own."""

import subprocess
import sys

import pytest

PRELUDE = """
import asyncio, os, socket, sys
os.environ["SSLKEYLOGFILE"] = "keys.log"
from reviewer import border
found = border.guard(os.environ)
print(found, border.guard(os.environ), "SSLKEYLOGFILE" in os.environ)
def refused(work):
    try:
        work()
    except border.BorderClosedError:
        return "refused"
    except OSError:
        return "tried"
    return "done"
def connect(host, port=9, kind=socket.SOCK_STREAM, family=socket.AF_INET):
    with socket.socket(family, kind) as one:
        one.settimeout(0.2)
        return refused(lambda: one.connect((host, port)))
def send(host):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        return refused(lambda: one.sendto(b"x", (host, 9)))
def look_up(host, port=443):
    return refused(lambda: socket.getaddrinfo(host, port))
def may_connect(host, port=9):
    # Asks as a connection would, and makes none.
    with socket.socket() as one:
        return refused(lambda: sys.audit("socket.connect", one, (host, port)))
def may_look_up(host, port=443):
    return refused(lambda: sys.audit("socket.getaddrinfo", host, port, 0, 0, 0))
"""


def behind_the_border(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", PRELUDE + program], capture_output=True, text=True, check=True)
    first, *lines = done.stdout.splitlines()
    assert first == "True False False"
    return lines


def test_nothing_but_this_computer_is_reached_while_the_border_is_closed() -> None:
    lines = behind_the_border("""
print(connect("192.0.2.1"), connect("192.0.2.1", kind=socket.SOCK_DGRAM), send("192.0.2.1"))
print(connect("2001:db8::1", family=socket.AF_INET6) if socket.has_ipv6 else "refused")
print(connect("127.0.0.2"), connect("0.0.0.0"))
print(look_up("api.example.test"), look_up(b"api.example.test"), refused(lambda: socket.gethostbyname("a.test")))
print(refused(lambda: socket.getnameinfo(("192.0.2.1", 80), 0)), refused(lambda: socket.gethostbyaddr("192.0.2.1")))
print(connect("127.0.0.1"), send("127.0.0.1"), look_up("localhost"), look_up("127.0.0.1"), look_up("::1", None))
left, right = socket.socketpair()
print(left.send(b"x"))
""")

    assert lines == [
        "refused refused refused",
        "refused",
        "refused refused",
        "refused refused refused",
        "refused refused",
        "tried done done done done",
        "1",
    ]


def test_border_is_open_to_the_letter_of_host_and_port_and_only_for_a_while() -> None:
    lines = behind_the_border("""
with border.opened("192.0.2.1", 9):
    with border.opened("192.0.2.1", 9):
        pass
    print(may_connect("192.0.2.1"), may_connect("192.0.2.1", 10), may_connect("192.0.2.2"))
print(may_connect("192.0.2.1"))
with border.opened("api.example.test", 443):
    print(may_look_up("api.example.test"), may_look_up("api.example.test", "443"), may_look_up("api.example.test", 80))
    print(may_look_up("evil.test"), may_look_up("api.example.test.evil.test"))
print(may_look_up("api.example.test"))
""")

    assert lines == ["done refused refused", "refused", "done done refused", "refused refused", "refused"]


def test_addresses_of_a_host_are_reached_while_the_border_is_open_to_it() -> None:
    lines = behind_the_border("""
async def found(loop):
    async def getaddrinfo(host, port, **_):
        return [(socket.AF_INET, 1, 6, "", ("192.0.2.7", port)), (socket.AF_INET, 1, 6, "", ("192.0.2.7", port))]
    loop.getaddrinfo = getaddrinfo
    return await border.look_up("api.example.test", 9)
with asyncio.Runner() as runner:
    print([address for _, address in runner.run(found(runner.get_loop()))])
    print([address for _, address in runner.run(border.look_up("localhost", 9))])
print(may_connect("192.0.2.7"))
with border.opened("api.example.test", 9):
    print(may_connect("192.0.2.7"), may_connect("192.0.2.8"))
""")

    assert lines == ["['192.0.2.7']", "['127.0.0.1', '::1']", "refused", "done refused"]


def test_command_line_says_that_session_keys_are_not_written_down() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", "version"],
        capture_output=True,
        text=True,
        check=True,
        env={**__import__("os").environ, "SSLKEYLOGFILE": "keys.log"},
    )

    assert "SSLKEYLOGFILE is ignored" in done.stderr


@pytest.mark.parametrize("module", ["reviewer.cli.main", "reviewer.providers.llama_cpp_worker"])
def test_entries_of_processes_close_the_border(module: str) -> None:
    import importlib
    import inspect

    assert "border.guard(" in inspect.getsource(importlib.import_module(module))
