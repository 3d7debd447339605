"""Style sheets inside of web pages: what their simple rules say about an element.

Read are rules for elements, classes, ids and these together (``p``, ``.note``, ``p.note.small``, ``#top``), in lists
with commas. Rules for a place among others, for states and for other media are passed over, and so are sheets that
stand in files of their own: nothing is fetched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_MAX_SHEET = 400_000  # characters of all sheets together
_MAX_RULES = 5000
_MAX_BODY = 5000
_MAX_ALIKE = 200  # rules that begin with the same element, class or id
_MAX_KNOWN = 10_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<rest>(?:[.#][a-z_-][\w-]*)*)", re.IGNORECASE)
_PART = re.compile(r"([.#])([\w-]+)")
_IMPORTANT = "!important"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an element must be, and what then holds; ``weight`` as CSS counts it: ids, classes, elements, order."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    declarations: Mapping[str, str]
    important: frozenset[str]
    weight: tuple[int, int, int, int]

    def fits(self, tag: str, ids: frozenset[str], classes: frozenset[str]) -> bool:
        return self.tag in {"", tag} and self.ids <= ids and self.classes <= classes


@dataclass(slots=True)
class Sheet:
    """The rules of a page, found by what they ask for first."""

    _rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Sheet":
        """Reads sheets in their order. Linear, and bounded."""
        sheet = cls()
        text = _COMMENT.sub(" ", "\n".join(texts)[:_MAX_SHEET])
        for order, (selector, body) in enumerate(_bodies(text)):
            if order >= _MAX_RULES:
                break
            for each in selector.split(","):
                rule = _rule(each.strip(), body, order)
                if rule is not None and len(sheet._rules[_key(rule)]) < _MAX_ALIKE:
                    sheet._rules[_key(rule)].append(rule)
        return sheet

    def declarations(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What the sheet says of an element; the heavier and the later rule wins, *!important* over both."""
        if not self._rules:
            return {}
        asked = (tag, attributes.get("class", ""), attributes.get("id", ""))
        if asked not in self._known:
            if len(self._known) >= _MAX_KNOWN:
                self._known.clear()
            self._known[asked] = self._found(*asked)
        return self._known[asked]

    def _found(self, tag: str, names: str, identity: str) -> dict[str, str]:
        ids, classes = frozenset([identity] if identity else []), frozenset(names.split())
        keys = [tag, *(f".{name}" for name in classes), *(f"#{name}" for name in ids), ""]
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if rule.fits(tag, ids, classes)]
        rules.sort(key=lambda rule: rule.weight)
        found: dict[str, str] = {}
        for rule in rules:
            found.update(rule.declarations)
        for rule in rules:
            found.update({name: rule.declarations[name] for name in rule.important})
        return found


def _bodies(text: str) -> Iterator[tuple[str, str]]:
    """Selectors with what stands between their braces; what an at-rule holds is passed over."""
    at = 0
    while (opening := text.find("{", at)) >= 0:
        selector = text[at:opening].rpartition(";")[2].strip()
        if selector.startswith("@"):
            at = _behind_block(text, opening)
            continue
        closing = text.find("}", opening)
        if closing < 0:
            return
        yield selector, text[opening + 1 : min(closing, opening + _MAX_BODY)]
        at = closing + 1


def _behind_block(text: str, opening: int) -> int:
    depth = 0
    for brace in re.finditer(r"[{}]", text[opening:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return opening + brace.end()
    return len(text)


def _rule(selector: str, body: str, order: int) -> _Rule | None:
    found = _SELECTOR.fullmatch(selector)
    if found is None or not selector:
        return None
    parts = _PART.findall(found["rest"])
    ids = frozenset(name for sign, name in parts if sign == "#")
    classes = frozenset(name for sign, name in parts if sign == ".")
    tag = "" if found["tag"] in {None, "*"} else found["tag"].lower()
    pairs = [declaration.partition(":")[::2] for declaration in body.lower().split(";") if ":" in declaration]
    declarations = {name.strip(): value.replace(_IMPORTANT, "").strip() for name, value in pairs}
    important = frozenset(name.strip() for name, value in pairs if _IMPORTANT in value)
    return _Rule(tag, ids, classes, declarations, important, (len(ids), len(classes), bool(tag), order))


def _key(rule: _Rule) -> str:
    if rule.ids:
        return f"#{min(rule.ids)}"
    return f".{min(rule.classes)}" if rule.classes else rule.tag
