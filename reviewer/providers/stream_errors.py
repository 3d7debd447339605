"""Errors that endpoints send in the middle of a stream, whose status was 200 already."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from reviewer.domain.errors import ProviderError
from reviewer.providers.chat_envelope import read_loosely
from reviewer.providers.chat_errors import Asked, status_error
from reviewer.providers.http_body import HttpReply

_STATUS_BY_NAME: dict[str, int] = {
    "invalid_request_error": HTTPStatus.BAD_REQUEST,
    "authentication_error": HTTPStatus.UNAUTHORIZED,
    "billing_error": HTTPStatus.PAYMENT_REQUIRED,
    "permission_error": HTTPStatus.FORBIDDEN,
    "not_found_error": HTTPStatus.NOT_FOUND,
    "request_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "rate_limit_error": HTTPStatus.TOO_MANY_REQUESTS,
    "rate_limit_exceeded": HTTPStatus.TOO_MANY_REQUESTS,
    "insufficient_quota": HTTPStatus.TOO_MANY_REQUESTS,
}
_STATUSES = range(400, 600)


def error_in_stream(data: bytes, asked: Asked) -> ProviderError | None:
    """The error that a part of a stream tells of; None for all other parts."""
    if b'"error"' not in data:
        return None
    value = read_loosely(data)
    if not isinstance(value, Mapping) or not value.get("error"):
        return None
    return status_error(HttpReply(_status(value["error"]), {}, data), asked)


def _status(error: Any) -> int:
    names = [error.get("code"), error.get("type")] if isinstance(error, Mapping) else []
    for name in names:
        if isinstance(name, int) and name in _STATUSES:
            return name
        if isinstance(name, str) and name in _STATUS_BY_NAME:
            return _STATUS_BY_NAME[name]
    return HTTPStatus.BAD_GATEWAY
