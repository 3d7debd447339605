"""Headers of a request: what is secret among them stays so until they are sent."""

from collections.abc import Mapping
from typing import TypeAlias

from reviewer.domain.secret import Secret

Headers: TypeAlias = Mapping[str, str | Secret]


def revealed(headers: Headers) -> dict[str, str]:
    """Headers as they are sent: the one place where a key is raw. Called by `reviewer.providers.http` alone."""
    return {name: value.reveal() if isinstance(value, Secret) else value for name, value in headers.items()}
