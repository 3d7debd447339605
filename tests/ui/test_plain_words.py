"""Words of the engine never reach the screen: every text of the window is looked through for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from reviewer.assets import glossary

UI = Path(__file__).parents[2] / "reviewer" / "ui"
ENGINE_WORDS = re.compile(
    r"\b(?:raters?|handlers?|routes?|shel(?:f|ves)|stepkeys?|ballots?|fold(?:s|ed)?)\b", re.IGNORECASE
)
_SHOWING = {
    *("setText", "setWindowTitle", "setToolTip", "setAccessibleName", "setPlaceholderText", "setInformativeText"),
    *("setAccessibleDescription", "addAction", "addButton", "addRow", "addTab", "setSpecialValueText", "setTitle"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "PlainText"),
}
_NAMES = {"Reviewer", "https://api.example.com"}
_TRANSLATING = {"tr", "_tr", "translate", "QT_TRANSLATE_NOOP"}


def shown(tree: ast.AST) -> Iterator[str]:
    """The texts that are handed to a translating function, without the names of what is put into them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _TRANSLATING and node.args:
            text = node.args[-1] if name in ("translate", "QT_TRANSLATE_NOOP") else node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield re.sub(r"\{\w*\}", "", text.value)


def test_no_text_of_the_window_uses_a_word_of_the_engine() -> None:
    texts = {text: path.name for path in sorted(UI.rglob("*.py")) for text in shown(ast.parse(path.read_text("utf-8")))}
    assert len(texts) > 400
    assert {text: name for text, name in texts.items() if ENGINE_WORDS.search(text)} == {}


def test_no_word_of_a_state_is_a_word_of_the_engine() -> None:
    english = [said["en"] for group in glossary().words.values() for said in group.values()]
    assert [text for text in english if ENGINE_WORDS.search(text)] == []


def untranslated(tree: ast.AST) -> Iterator[str]:
    """Words in quotation marks that are shown as they stand, so that they cannot be translated."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0] if node.args else None
        if name in _SHOWING and isinstance(first, ast.Constant) and re.search("[A-Za-z]{2}", str(first.value)):
            yield str(first.value)


def test_every_text_of_the_window_can_be_translated() -> None:
    """Names of the product and examples of what to type are the same in every language."""
    found = {
        text: path.name
        for path in sorted(UI.rglob("*.py"))
        for text in untranslated(ast.parse(path.read_text("utf-8")))
        if text not in _NAMES
    }
    assert found == {}


def test_words_are_noticed_where_they_stand() -> None:
    assert list(shown(ast.parse('self.tr("By {rater}"); x.translate("C", "Two raters")'))) == ["By ", "Two raters"]
    assert ENGINE_WORDS.search("Two raters")
    shown_so = 'a.setText("Two"); QLabel("Three"); b.setText(self.tr("Four")); c.setText("–")'
    assert list(untranslated(ast.parse(shown_so))) == ["Two", "Three"]
