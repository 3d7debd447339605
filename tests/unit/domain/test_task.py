from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId, Json, SectionId, StepKey
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, StepInputs, Task, vote_seed

ITEM = Item(DocumentId("d"), SectionId("s"), SectionKind.CLAUSE, "Term", "1 Term", "One year.", TextSpan(0, 9))
INPUTS = StepInputs("assess", "1", "f", "text", "path", Context("Title", "msa", "en", "fence"), "model", "http://x")


def test_item_name_is_that_of_the_smallest_thing_it_is() -> None:
    assert ITEM.name == "s"
    assert replace(ITEM, section=None).name == "d"
    assert replace(ITEM, section=None, document=None).name == "text"


def test_task_id_is_that_of_handler_and_place() -> None:
    task = Task("assess", ITEM, Context())
    assert task.id == Task("assess", replace(ITEM, text="other"), Context("T"), votes=3, quorum=2).id
    others = [
        replace(task, handler="label"),
        replace(task, item=replace(ITEM, document=DocumentId("e"))),
        replace(task, item=replace(ITEM, section=None)),
        replace(task, item=replace(ITEM, span=TextSpan(1, 9))),
    ]
    assert len({task.id, *(other.id for other in others)}) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"uses": "label"},
        {"version": "2"},
        {"fingerprint": "g"},
        {"text": "text "},
        {"path": "other"},
        {"context": Context("Other", "msa", "en", "fence")},
        {"context": Context("Title", "nda", "en", "fence")},
        {"context": Context("Title", "msa", "de", "fence")},
        {"rater": "rule"},
        {"endpoint": "http://y"},
        {"index": 1},
        {"seed": 1},
        {"node": {"temperature": 0.5}},
    ],
)
def test_step_key_changes_with_every_input(change: dict[str, object]) -> None:
    assert replace(INPUTS, **change).key != INPUTS.key  # type: ignore[arg-type]


def test_step_key_is_the_one_that_workspaces_hold() -> None:
    node: dict[str, Json] = {"temperature": 0.5, "kind": "clause", "language": "de", "complaint": "it is not JSON"}
    context = Context("Vertrag \u2013 \U0001f4dc", "msa", "de", "fence", 'Right before it:\n- "One" \\ two')
    inputs = StepInputs("assess", "3", "f" * 64, "Text\u2028\x07 \ud83d\n", "1 A > 1.1", context, "m", "http://x", 2, 7)
    assert INPUTS.key == "a4b501b2c27d9a56f3ef8cd2a69e3dc164b05fa4e1ef302de7d8dcfdf051871d"
    assert replace(inputs, node=node).key == "e0f198a072c128a93706496412f88362c498e03c5e638cbeb80c35d9151d1961"


def test_step_key_does_not_change_with_the_fence() -> None:
    assert replace(INPUTS, context=replace(INPUTS.context, fence="other")).key == INPUTS.key


def test_vote_seed_is_31_bits_of_the_key() -> None:
    assert vote_seed(StepKey("ffffffff00")) == 0x7FFF_FFFF
    assert vote_seed(StepKey("0000000aff")) == 10
    assert vote_seed(INPUTS.key) != vote_seed(replace(INPUTS, index=1).key)
