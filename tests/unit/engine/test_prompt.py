from reviewer.domain.ids import DocumentId, SectionId
from reviewer.engine.prompt import fence

DOCUMENT, SECTION = DocumentId("doc-1"), SectionId("s1")


def test_fence_is_the_same_for_the_same_place() -> None:
    assert fence(b"secret", DOCUMENT, SECTION) == fence(b"secret", DOCUMENT, SECTION)
    assert len(fence(b"secret", DOCUMENT, SECTION)) == 32


def test_fence_differs_by_secret_document_and_section() -> None:
    fences = {
        fence(b"secret", DOCUMENT, SECTION),
        fence(b"other", DOCUMENT, SECTION),
        fence(b"secret", DocumentId("doc-2"), SECTION),
        fence(b"secret", DOCUMENT, SectionId("s2")),
        fence(b"secret", DOCUMENT, None),
        fence(b"secret", None, SECTION),
    }
    assert len(fences) == 6
