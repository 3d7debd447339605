"""The general handler: whatever a workflow file asks for, as fields that it names."""

import json
from typing import Any

from reviewer.domain.answer_field import QUOTE_CHARS, AnswerField, FieldType
from reviewer.domain.chat import ChatRequest
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.task import Task
from reviewer.domain.template import filled
from reviewer.domain.values import comparable, name_form
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import HandlerNode
from reviewer.handlers.llm.fencing import RULES, fenced
from reviewer.handlers.llm.replies import ReplyReader, invalid_reply

CHARS_A_TOKEN = 3
_DIGITS = 40
"""Room for a date, an amount or a number."""
_SHOWN = {
    FieldType.DATE: "a date as YYYY-MM-DD, or as much of it as is given",
    FieldType.MONEY: "an amount with its currency, such as 1200.50 USD",
    FieldType.NUMBER: "a number",
    FieldType.BOOL: "true or false",
}


class ModelAnswerHandler:
    """Implements `reviewer.ports.handling.ModelHandler`.

    Args:
        node: the handler's node; its fields and variables.
        prompt: the rubric; ``{fields}`` is where the fields go, at its end where it does not say. ``{language}`` is the
            code of the language wanted, ``{kind}`` what kind of section the item is.
    """

    version = "2"

    def __init__(self, node: HandlerNode, prompt: str) -> None:
        self._fields = node.fields
        self._schema = schema_of(node.fields)
        listed = "\n".join(_described(field) for field in node.fields)
        if "{fields}" not in prompt:
            prompt = f"{prompt.rstrip()}\n\nFields of the reply:\n{{fields}}"
        self._prompt = filled(prompt, {**node.variables, "fields": listed})
        self._name = node.uses
        self._reader = ReplyReader(self._schema)
        self._room = 256 + sum(field.most_chars for field in node.fields) // CHARS_A_TOKEN
        self.fingerprint = sha256_hex(canonical_json([self._prompt, self._schema]))

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question."""
        known = {"language": task.context.target_language, "kind": task.item.kind.value}
        system = f"{filled(self._prompt, known)}\n\n{RULES}\nSchema: {json.dumps(self._schema)}"
        return ChatRequest(system, fenced(task), self._schema, self._name, seed, max_tokens=self._room)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement a field: value = the form in which it is compared, text = as it is shown.

        Of a list one an entry, with the criterion ``name:number``. A text that is blank is one that is not stated.
        """
        del task
        said = self._reader.read(reply)
        found: list[Judgement] = []
        for field in self._fields:
            if field.type is FieldType.LIST:
                found += _entries(field, said[field.name])
            else:
                found.append(_judgement(field, said[field.name]))
        return tuple(found)


def _judgement(field: AnswerField, said: Any) -> Judgement:
    value, quote = (said["value"], said["quote"]) if field.is_quoted else (said, "")
    if isinstance(value, str) and not value.strip():
        value = None
    if value is None and field.is_required:
        raise invalid_reply(f'"{field.name}" is blank, and it is required.')
    evidence = (Evidence(quote),) if quote.strip() and value is not None else ()
    return Judgement(field.name, comparable(field, value), _shown(value), evidence)


def _entries(field: AnswerField, said: list[Any]) -> list[Judgement]:
    found = []
    for number, each in enumerate(said, 1):
        text, quote = (each["text"], each["quote"]) if field.is_quoted else (each, "")
        if text.strip():
            evidence = (Evidence(quote),) if quote.strip() else ()
            found.append(Judgement(f"{field.name}:{number}", name_form(text), text.strip(), evidence))
    return found


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.10g}"
        case _:
            return str(value).strip()


def schema_of(fields: tuple[AnswerField, ...]) -> dict[str, Json]:
    """The closed schema of a reply: an object with every field, none more; what the text does not say is null."""
    properties: dict[str, Json] = {field.name: _property(field) for field in fields}
    return _object(properties)


def _object(properties: dict[str, Json]) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _property(field: AnswerField) -> dict[str, Json]:
    quote: dict[str, Json] = {"type": "string", "maxLength": 5 * QUOTE_CHARS}
    if field.type is FieldType.LIST:
        entry: dict[str, Json] = {"type": "string", "maxLength": field.max_chars}
        items: dict[str, Json] = _object({"text": entry, "quote": quote}) if field.is_quoted else entry
        return {"type": "array", "items": items, "maxItems": field.max_items}
    value = _value(field)
    return _object({"value": value, "quote": quote}) if field.is_quoted else value


def _value(field: AnswerField) -> dict[str, Json]:
    found: dict[str, Json]
    match field.type:
        case FieldType.NUMBER:
            found = {"type": "number"}
        case FieldType.BOOL:
            found = {"type": "boolean"}
        case FieldType.CHOICE:
            found = {"type": "string", "enum": list(field.choices)}
        case FieldType.TEXT:
            found = {"type": "string", "maxLength": field.max_chars}
        case _:
            found = {"type": "string", "maxLength": _DIGITS}
    if field.is_required:
        return found
    return {"anyOf": [found, {"type": "null"}]}


def _described(field: AnswerField) -> str:
    what = [field.description] if field.description else []
    if field.type in _SHOWN:
        what.append(_SHOWN[field.type])
    if field.type is FieldType.LIST:
        what.append(f"at most {field.max_items}")
    if not field.is_required and field.type is not FieldType.LIST:
        what.append("null where the part does not say")
    if field.is_quoted:
        what.append("quote: the passage it rests on, copied exactly" + ("" if field.is_required else ", else empty"))
    return f"- {field.name}: {'; '.join(what) or field.type.value}."
