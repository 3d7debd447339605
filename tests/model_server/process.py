"""The model server as a process of its own, so that it takes no time from the one that is measured or killed."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_SCRIPT = Path(__file__).with_name("server.py")


class ModelServerProcess:
    """Starts `server.py` with the given flags and stops it at the end of the block. Blocks."""

    def __init__(self, *flags: str) -> None:
        self._flags = flags
        self.base_url = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, str(_SCRIPT), *self._flags], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().strip()
        if not self.base_url:
            raise RuntimeError(f"the model server ended with status {self._process.wait()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def requests(self, *, with_bodies: bool = False) -> dict[str, Any]:
        """What it saw so far; see `server`."""
        return self._ask("GET", "?bodies=1" if with_bodies else "")

    def forget(self) -> None:
        """Makes it forget what it saw."""
        self._ask("DELETE", "")

    def _ask(self, method: str, query: str) -> dict[str, Any]:
        root = self.base_url.split("/", 3)
        request = urllib.request.Request(f"{root[0]}//{root[2]}/__requests{query}", method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as reply:
            return dict(json.load(reply))
