"""The doors a worker process closes behind itself before it looks at foreign bytes.

This is crash and resource isolation. It is not a sandbox: code that takes over the process is still the same user's.
"""

import importlib
import os
import signal
import sys
from functools import partial
from pathlib import Path
from types import ModuleType

MEMORY_ABOVE_BASELINE = 896 * 1024 * 1024
"""With what a worker has loaded (about 100 MB) less than 1 GiB."""

CPU_SECONDS_PER_JOB = 300
_OPEN_FILES = 64
_REFUSED_EVENTS = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.system", "os.startfile",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.kill", "pty.spawn", "shutil.", "ftplib.", "urllib.", "webbrowser.", "winreg.", "ctypes.dlopen",
)  # fmt: skip
_PROGRAM_ENDS = (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib", ".zip")
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def enter(module: str) -> ModuleType:
    """Silences this process, loads a module with all it needs, and locks the doors. For a worker process only."""
    _silence()
    loaded = importlib.import_module(module)
    _lock_down()
    return loaded


def allow_cpu() -> None:
    """Gives this process `CPU_SECONDS_PER_JOB` from now on; at the end of them the system ends it."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS_PER_JOB, hard))


def _silence() -> None:
    """Native libraries write to the file descriptors, so it is those that must lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as we do


def _lock_down() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    _limit_resources()
    folders = {*sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix} - {""}
    programs = tuple(os.path.join(os.path.abspath(folder), "") for folder in folders)  # noqa: PTH100, PTH118
    sys.addaudithook(partial(_refuse, programs))


def _refuse(programs: tuple[str, ...], event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITE_FLAGS:
            raise PermissionError("a worker writes no files")
        if isinstance(path, str | bytes) and not _is_program(os.fsdecode(path), programs):
            raise PermissionError("a worker reads no files")
    elif event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"a worker does not do this: {event}")


def _is_program(path: str, programs: tuple[str, ...]) -> bool:
    """Whether a file is a part of Python or of its libraries, some of which are loaded when they are first needed."""
    # Not pathlib: it may have to be loaded itself, and this runs while a module is.
    whole = os.path.abspath(path)  # noqa: PTH100
    return whole.endswith(_PROGRAM_ENDS) and whole.startswith(programs)


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: _OPEN_FILES}
    mapped = _address_space()
    if mapped:
        limits[resource.RLIMIT_AS] = mapped + MEMORY_ABOVE_BASELINE
    for limit, value in limits.items():
        _, hard = resource.getrlimit(limit)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (allowed, allowed))


def _address_space() -> int:
    """Bytes mapped so far; 0 where the system does not tell (macOS, which does not enforce the limit either)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
