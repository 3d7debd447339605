"""Limits of Windows: their layout, and that other systems do without."""

import ctypes
import os
import sys

import pytest

from reviewer.spawning.job_object import BasicLimits, ExtendedLimits, JobObject, limits


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes of 64-bit systems")
def test_structures_are_laid_out_as_windows_has_them() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.process_memory.offset == 112


def test_limits_name_memory_and_one_process() -> None:
    found = limits(5_000_000_000)
    assert found.process_memory == 5_000_000_000
    assert found.basic.active_processes == 1
    assert found.basic.flags == 0x2508


@pytest.mark.skipif(sys.platform == "win32", reason="there it does something")
def test_job_does_nothing_where_there_are_none() -> None:
    job = JobObject(os.getpid(), 1)
    job.close()
    job.close()
