"""What stands between our words and a document's in a prompt."""

import hmac

from reviewer.domain.ids import DocumentId, SectionId


def fence(secret: bytes, document: DocumentId | None, section: SectionId | None) -> str:
    """The mark around document text: 128 bits that a document's author cannot guess, equal when a run is resumed.

    HMAC-SHA-256 of the place under the workspace's secret, cut to 32 hexadecimal digits.
    """
    place = f"{document or ''}\n{section or ''}".encode()
    return hmac.digest(secret, place, "sha256").hex()[:32]
