from collections.abc import Callable

from reviewer.assets import asset_names, asset_text
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Playbook
from reviewer.domain.playbook_file import read_playbook
from reviewer.domain.task import Task
from reviewer.handlers.builtin.assess import AssessHandler

MakeTask = Callable[..., Task]
BOOKS = tuple(
    read_playbook(asset_text("playbooks", f"{name}.toml"), name) for name in asset_names("playbooks", ".toml")
)


def nda() -> Playbook:
    return next(book for book in BOOKS if book.id == "mutual-nda")


def test_assess_is_silent_when_the_task_names_no_playbook_it_has(make_task: MakeTask) -> None:
    handler = AssessHandler(BOOKS)
    assert handler.answer(make_task("The Recipient keeps it secret.")) == ()
    assert handler.answer(make_task("The Recipient keeps it secret.", playbook="unknown")) == ()


def test_assess_judges_the_positions_a_clause_speaks_about(make_task: MakeTask) -> None:
    text = (
        "This Agreement and its obligations of confidentiality remain in force for five (5) years from the date of "
        "disclosure. It is governed by the laws of England."
    )
    judgements = AssessHandler(BOOKS).answer(make_task(text, heading="Term", playbook="mutual-nda"))
    assert judgements
    assert {judgement.criterion for judgement in judgements} <= {position.id for position in nda().positions}
    for judgement in judgements:
        assert Outcome(judgement.value)
        assert judgement.text
        for evidence in judgement.evidence:
            assert evidence.start is not None
            assert text[evidence.start :].startswith(evidence.quote)


def test_assess_says_nothing_about_a_clause_that_no_position_is_about(make_task: MakeTask) -> None:
    assert AssessHandler(BOOKS).answer(make_task("The weather is fine.", playbook="mutual-nda")) == ()


def test_assess_fingerprint_changes_with_the_playbooks() -> None:
    assert AssessHandler(BOOKS).fingerprint != AssessHandler(BOOKS[:1]).fingerprint
    assert AssessHandler(BOOKS).fingerprint == AssessHandler(BOOKS).fingerprint
