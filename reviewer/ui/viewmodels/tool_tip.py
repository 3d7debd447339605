"""Tool tips that show their text as it is."""

from html import escape


def plain_tool_tip(text: str) -> str:
    """A tool tip of plain text, empty for none.

    Qt takes whatever looks like markup for markup, and markup can load files; words of documents and models are
    therefore escaped.
    """
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>" if text else ""
