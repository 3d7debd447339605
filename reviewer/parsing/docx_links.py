"""What a Word document refers to outside of itself: listed, never fetched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from reviewer.domain.document import DocumentWarning

_HYPERLINK = "hyperlink"
_NAMES = {
    "attachedTemplate": "template",
    "image": "picture",
    "oleObject": "embedded object",
    "frame": "frame",
    "subDocument": "document",
    "aFChunk": "document",
    "mailMergeSource": "data source",
    "video": "video",
    "audio": "sound",
}
_SHOWN_HOSTS = 5
_SHOWN_CHARS = 80


def link_warnings(links: Sequence[tuple[str, str]]) -> Iterator[DocumentWarning]:
    """One warning that says how many things of which kinds are where, or none.

    Args:
        links: kind of the relationship and address. Hyperlinks do not count, as they wait to be clicked.
    """
    found = [(_NAMES.get(kind, "other file"), address) for kind, address in links if kind != _HYPERLINK]
    if not found:
        return
    kinds = ", ".join(
        f"{count:,} {name}{'s' if count > 1 else ''}" for name, count in Counter(name for name, _ in found).items()
    )
    hosts = list(dict.fromkeys(_host(address) for _, address in found))
    shown = ", ".join(hosts[:_SHOWN_HOSTS]) + (" and others" if len(hosts) > _SHOWN_HOSTS else "")
    sentence = f"The document wants {kinds} from outside ({shown}). Nothing was fetched, but Word may do so."
    yield DocumentWarning("external_links", sentence)


def _host(address: str) -> str:
    """The computer an address leads to; for a place in a file system of the sender's, ``a file``."""
    try:
        host = urlsplit(address.replace("\\", "/")).hostname
    except ValueError:
        host = None
    return host[:_SHOWN_CHARS] if host else "a file"
