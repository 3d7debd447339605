"""Runs a program where there is no network but loopback, under a tracer, and says whom it tried to reach."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TRACED = "connect,sendto,sendmsg,sendmmsg"
_CALL = re.compile(r"(?:\d+ +)?(?:connect|sendto|sendmsg|sendmmsg)\(.*?sa_family=(AF_INET6?),(.*)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_HERE = re.compile(r"127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Traced:
    """What a program did.

    Attributes:
        code: how it ended.
        calls: system calls that name an internet address, loopback included.
        beyond: those of them that name any other than this computer's.
    """

    code: int
    calls: int
    beyond: tuple[str, ...]
    output: str


def missing() -> str:
    """What this machine lacks for that; empty where nothing is missing."""
    for tool in ("unshare", "strace", "ip"):
        if shutil.which(tool) is None:
            return f"there is no {tool} on this machine"
    tried = subprocess.run(
        ["unshare", "-rn", "sh", "-c", "ip link set lo up && strace -o /dev/null true"],
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else "this machine lets nobody make a network of their own, or trace"


def traced(command: Sequence[str], log: Path, environment: Mapping[str, str], timeout_s: float) -> Traced:
    """Runs a command and all that it starts, in a network of its own with nothing but loopback.

    Args:
        log: where the tracer writes.
        environment: all of it.
    """
    strace = ["strace", "-f", "-qq", "-s", "0", "--seccomp-bpf", "-e", f"trace={TRACED}", "-o", str(log), *command]
    script = 'ip link set lo up && exec "$@"'
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", script, "sh", *strace],
        capture_output=True,
        text=True,
        env=dict(environment),
        timeout=timeout_s,
        check=False,
    )
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    named = [line for line in lines if _CALL.search(line)]
    return Traced(done.returncode, len(named), tuple(filter(_is_beyond, named)), done.stdout + done.stderr)


def _is_beyond(line: str) -> bool:
    found = _ADDRESS.search(line)
    return found is None or not _HERE.fullmatch(found[1] or found[2])
