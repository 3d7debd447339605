"""Addresses of endpoints: httpx's, which refuses what is none, and as aiohttp takes them."""

from functools import lru_cache

import httpx
from yarl import URL

from reviewer.domain.destination import Destination, destination_of
from reviewer.domain.errors import ProviderError
from reviewer.providers.http_failures import FATAL

_LAST_PORT = 65_535


@lru_cache(maxsize=64)
def address_of(url: str) -> httpx.URL:
    """An endpoint's address. Raises ProviderError: ``bad_address``."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL("")
    if address.scheme not in {"http", "https"} or not address.host or (address.port or 0) > _LAST_PORT:
        raise ProviderError(
            "bad_address",
            "The endpoint's address is not a web address.",
            "Give it as https://HOST/v1.",
            decision=FATAL,
        )
    return address


@lru_cache(maxsize=64)
def destination_at(address: httpx.URL) -> Destination | None:
    """Where an address leads, as egress knows it."""
    return destination_of(str(address))


def is_here(address: httpx.URL) -> bool:
    """Whether it leads to this computer."""
    destination = destination_at(address)
    return destination is not None and destination.is_here


def place_of(address: httpx.URL) -> str:
    """Host and port: all of an address that may be shown."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port is None else f"{host}:{address.port}"


@lru_cache(maxsize=64)
def target_of(address: httpx.URL) -> URL:
    """The address as aiohttp takes it, in httpx's spelling."""
    return URL(str(address), encoded=True)
