from collections.abc import Callable

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task

MakeTask = Callable[..., Task]
FENCE = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def make_task() -> MakeTask:
    """Makes tasks about one text."""

    def make(
        text: str,
        *,
        heading: str = "",
        path: str = "",
        kind: SectionKind = SectionKind.CLAUSE,
        playbook: str = "",
        language: str = "en",
        title: str = "A contract",
        fence: str = FENCE,
        section: str = "s1",
    ) -> Task:
        span = TextSpan(100, 100 + len(text))
        item = Item(DocumentId("d"), SectionId(section), kind, heading, path or heading, text, span)
        return Task("h", item, Context(title, playbook, language, fence))

    return make
