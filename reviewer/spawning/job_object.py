"""Job Objects of Windows: limits that the system enforces on a process, and its end with ours.

Structures and constants as in winnt.h; see "Job Objects" in the Windows documentation.
"""

import ctypes
import sys
from contextlib import suppress
from ctypes import c_int64, c_size_t, c_uint32, c_uint64

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_ACTIVE_PROCESS, _PROCESS_MEMORY, _NO_DIALOG, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_SET_QUOTA_AND_TERMINATE = 0x0100 | 0x0001


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_user_time", c_int64),
        ("per_job_user_time", c_int64),
        ("flags", c_uint32),
        ("minimum_working_set", c_size_t),
        ("maximum_working_set", c_size_t),
        ("active_processes", c_uint32),
        ("affinity", c_size_t),
        ("priority_class", c_uint32),
        ("scheduling_class", c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io_counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


def limits(memory_bytes: int) -> ExtendedLimits:
    """One process, so much memory, no dialog when it crashes, and its end when the job is closed."""
    found = ExtendedLimits()
    found.basic.flags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _NO_DIALOG | _KILL_ON_CLOSE
    found.basic.active_processes = 1
    found.process_memory = memory_bytes
    return found


class JobObject:
    """Holds a process to its limits until it is closed. Does nothing where there are no Job Objects.

    The parent's watch over memory goes on beside it, so that a system that refuses costs a limit and not a document.
    """

    def __init__(self, pid: int, memory_bytes: int) -> None:
        self._handle: int | None = None
        if sys.platform == "win32":
            with suppress(OSError):
                self._handle = _hold(pid, limits(memory_bytes))

    def close(self) -> None:
        """Ends the process if it still runs."""
        if sys.platform == "win32" and self._handle:
            ctypes.WinDLL("kernel32").CloseHandle(ctypes.c_void_p(self._handle))
        self._handle = None


if sys.platform == "win32":  # pragma: no cover - of Windows

    def _hold(pid: int, wanted: ExtendedLimits) -> int:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        for call in (kernel.CreateJobObjectW, kernel.OpenProcess):
            call.restype = ctypes.c_void_p
        job = kernel.CreateJobObjectW(None, None)
        process = kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, 0, pid)
        try:
            size = ctypes.sizeof(wanted)
            if not (
                job
                and process
                and kernel.SetInformationJobObject(ctypes.c_void_p(job), _EXTENDED_LIMITS, ctypes.byref(wanted), size)
                and kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(process))
            ):
                raise ctypes.WinError(ctypes.get_last_error())
        except OSError:
            kernel.CloseHandle(ctypes.c_void_p(job))
            raise
        finally:
            kernel.CloseHandle(ctypes.c_void_p(process))
        return int(job)
