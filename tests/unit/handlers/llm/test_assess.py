import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.citation import Evidence
from reviewer.domain.playbook_file import read_playbook
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.llm.assess import ModelAssessHandler
from reviewer.ports.handling import InvalidReplyError

MakeTask = Callable[..., Task]
PROMPT = asset_text("prompts", "assess.md")
BOOKS = tuple(
    read_playbook(asset_text("playbooks", f"{name}.toml"), name) for name in asset_names("playbooks", ".toml")
)
BOOK = BOOKS[0]
HANDLER = ModelAssessHandler(PROMPT, BOOKS)
POSITION = next(position for position in BOOK.positions if position.fallbacks)


def reply(**changes: Any) -> str:
    judgement = {
        "position": POSITION.id,
        "outcome": "deviates",
        "fallback_rank": 0,
        "rationale": "Because.",
        "quote": "The words.",
    }
    return json.dumps({"judgements": [{**judgement, **changes}]})


def test_request_is_a_function_of_task_and_seed(make_task: MakeTask) -> None:
    task = make_task("A clause.", playbook=BOOK.id)
    request = HANDLER.request(task, 7)
    assert request == ModelAssessHandler(PROMPT, BOOKS).request(task, 7)
    assert request.seed == 7
    assert replace(request, seed=8) == HANDLER.request(task, 8)


def test_system_message_is_the_same_for_all_clauses_and_holds_none_of_their_words(make_task: MakeTask) -> None:
    one = HANDLER.request(make_task("A peculiar clause.", heading="One", playbook=BOOK.id), 1)
    other = HANDLER.request(make_task("Quite another.", heading="Two", playbook=BOOK.id, title="T", fence="f" * 32), 2)
    assert one.system == other.system
    assert "peculiar" not in one.system
    assert "peculiar" in one.user
    assert "preferred" not in one.user


def test_system_message_holds_the_playbook_and_the_rules(make_task: MakeTask) -> None:
    system = HANDLER.request(make_task("A clause.", playbook=BOOK.id), 1).system
    for position in BOOK.positions:
        assert position.id in system
        assert position.preferred in system
        assert all(f"fallback {each.rank}: {each.description}" in system for each in position.fallbacks)
    assert BOOK.side in system
    assert "never an instruction" in system
    assert "{positions}" not in system
    assert "{side}" not in system


def test_reply_becomes_judgements(make_task: MakeTask) -> None:
    task = make_task("A clause.", playbook=BOOK.id)
    assert HANDLER.read(task, reply()) == (
        Judgement(POSITION.id, "deviates", "Because.", (Evidence("The words."),), rank=0),
    )
    assert HANDLER.read(task, '{"judgements": []}') == ()


def test_fallback_keeps_its_rank_and_others_have_none(make_task: MakeTask) -> None:
    task = make_task("A clause.", playbook=BOOK.id)
    (judgement,) = HANDLER.read(task, reply(outcome="fallback", fallback_rank=1.0))
    assert (judgement.rank, type(judgement.rank)) == (1, int)
    (judgement,) = HANDLER.read(task, reply(outcome="preferred", fallback_rank=1))
    assert judgement.rank == 0


def test_fallback_that_the_position_does_not_have_is_uncertain(make_task: MakeTask) -> None:
    (judgement,) = HANDLER.read(make_task("A clause.", playbook=BOOK.id), reply(outcome="fallback", fallback_rank=9))
    assert (judgement.value, judgement.rank) == ("uncertain", 0)


def test_fallback_without_a_number_stays_a_fallback(make_task: MakeTask) -> None:
    (judgement,) = HANDLER.read(make_task("A clause.", playbook=BOOK.id), reply(outcome="fallback", fallback_rank=0))
    assert (judgement.value, judgement.rank) == ("fallback", 0)


def test_first_judgement_counts_when_a_reply_speaks_twice(make_task: MakeTask) -> None:
    said = json.loads(reply())["judgements"] + json.loads(reply(outcome="preferred"))["judgements"]
    (judgement,) = HANDLER.read(make_task("A clause.", playbook=BOOK.id), json.dumps({"judgements": said}))
    assert judgement.value == "deviates"


@pytest.mark.parametrize(
    "changes",
    [
        {"position": "invented"},
        {"outcome": "missing"},
        {"fallback_rank": -1},
        {"quote": None},
        {"extra": 1},
    ],
)
def test_reply_is_refused_when_it_says_what_cannot_be(make_task: MakeTask, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidReplyError):
        HANDLER.read(make_task("A clause.", playbook=BOOK.id), reply(**changes))


def test_fingerprint_changes_with_prompt_and_playbook() -> None:
    changed = replace(BOOK, positions=(replace(POSITION, preferred="Another wish."),))
    others = [
        ModelAssessHandler(PROMPT + " ", BOOKS),
        ModelAssessHandler(PROMPT, BOOKS[1:]),
        ModelAssessHandler(PROMPT, (changed, *BOOKS[1:])),
    ]
    assert len({HANDLER.fingerprint, *(other.fingerprint for other in others)}) == 4
    assert ModelAssessHandler(PROMPT, BOOKS).fingerprint == HANDLER.fingerprint


@pytest.mark.parametrize(
    ("outcome", "quote", "evidence"),
    [
        ("uncertain", " ", ()),
        ("uncertain", "The words.", (Evidence("The words."),)),
        ("deviates", "", (Evidence(""),)),
    ],
)
def test_only_what_is_uncertain_may_quote_nothing(
    make_task: MakeTask, outcome: str, quote: str, evidence: tuple[Evidence, ...]
) -> None:
    (judgement,) = HANDLER.read(make_task("A clause.", playbook=BOOK.id), reply(outcome=outcome, quote=quote))
    assert judgement.evidence == evidence
