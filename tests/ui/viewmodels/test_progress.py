import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer import assets
from reviewer.bootstrap import open_services
from reviewer.domain.events import (
    DocumentAdded,
    DocumentFailed,
    DocumentFinished,
    DocumentHeader,
    ItemHandled,
    ItemRouted,
    RoutedItem,
    RunEvent,
    RunFinished,
    RunStarted,
    StepDone,
    StepFailed,
)
from reviewer.domain.ids import DocumentId, RunId, SectionId, StepKey
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.section import SplitAs
from reviewer.domain.task import Route
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import EngineId, RouteMethod, SplitNode, SplitUnit
from reviewer.services.requests import RunRequest
from reviewer.ui.viewmodels.progress import Progress, SectionState
from tests.fakes.clock import START, run
from tests.fakes.documents import LABEL, SUMMARIZE, make_plan, make_playbook, make_sections, make_workflow
from tests.fakes.handlers import StubClassifier, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken
from tests.fakes.running import make_team, model_team, run_plans
from tests.fakes.services import Desk, write_all

DOC = DocumentId("doc")
GOOD = reply_of(assessed("preferred", "The"))


def started(**options: str) -> RunStarted:
    return RunStarted(Run(RunId("r"), "flow", EngineId.LLM, ("m",), None, "f", (), options, START))


def added(count: int, items: int | None = None, document: DocumentId = DOC) -> DocumentAdded:
    sections = make_sections([f"{number} Head\n" for number in range(1, count + 1)])
    header = DocumentHeader(document, "a.txt", "text/plain", None, "en", "")
    return DocumentAdded(header, "flow", "", sections, count if items is None else items)


def routed(section: str | None, *handlers: str, document: DocumentId = DOC) -> ItemRouted:
    identity = SectionId(section) if section else None
    route = Route("main", 1.0, RouteMethod.RULES, "")
    return ItemRouted(document, RoutedItem(section or document, identity, "", "en", route, handlers))


def handled(section: str | None, handler: str = "assess", document: DocumentId = DOC) -> ItemHandled:
    return ItemHandled(document, SectionId(section) if section else None, handler)


def step(section: str, handler: str = "assess", *, cached: int = 0) -> StepDone:
    return StepDone(DOC, SectionId(section), handler, StepKey("k"), Usage(cached=cached))


def failed(section: str, handler: str = "assess", rater: str = "m") -> StepFailed:
    return StepFailed(DOC, SectionId(section), handler, rater, "timeout", "Too late.")


def ended(status: RunStatus) -> RunFinished:
    return RunFinished(status, START + timedelta(seconds=9))


def told(*events: RunEvent) -> Progress:
    progress = Progress()
    for event in events:
        progress.take(event)
    return progress


def states(progress: Progress) -> dict[str, str]:
    return {section: state.value for section, state in progress.sections(DOC).items()}


def test_progress_says_that_documents_are_read_before_there_is_anything_to_count() -> None:
    progress = told(started(), DocumentFailed("bad.pdf", "broken", "It is damaged.", ""))
    assert (progress.total, progress.finished, progress.fraction) == (0, 0, 0.0)
    assert progress.sentence(3.0) == "Reading the documents"
    assert progress.sections(DOC) == {}


def test_progress_counts_an_item_when_all_its_handlers_are_done() -> None:
    progress = told(started(), added(2), routed("s1", "assess", "label"), routed("s2", "assess"), handled("s1"))
    assert (progress.finished, progress.total) == (0, 2)
    progress.take(handled("s1", "label"))
    assert (progress.finished, progress.fraction) == (1, 0.5)
    assert progress.sentence() == "1 of 2 sections"
    assert states(progress) == {"s1": "done", "s2": "running"}


def test_progress_counts_an_item_without_handlers_at_once() -> None:
    progress = told(started(), added(2), routed("s1"), routed("s2", "label"))
    assert progress.finished == 1
    assert states(progress) == {"s1": "none", "s2": "running"}


def test_progress_does_not_count_an_answer_that_comes_twice() -> None:
    progress = told(started(), added(2), routed("s1", "label"), handled("s1", "label"), handled("s1", "label"))
    assert progress.finished == 1


def test_progress_counts_each_of_several_items_of_one_section() -> None:
    progress = told(started(), added(1, items=2), routed("s1", "label"), routed("s1", "label"), handled("s1", "label"))
    assert (progress.finished, states(progress)) == (0, {"s1": "running"})
    progress.take(handled("s1", "label"))
    assert (progress.finished, states(progress)) == (2, {"s1": "done"})


def test_progress_shows_a_whole_document_in_all_its_sections() -> None:
    progress = told(started(), added(2, items=1), routed(None, "summarize"))
    assert states(progress) == {"s1": "running", "s2": "running"}
    progress.take(handled(None, "summarize"))
    assert states(progress) == {"s1": "done", "s2": "done"}
    assert progress.sentence() == "1 of 1 document, finishing"


def test_progress_shows_a_part_as_the_item_it_belongs_to_once_all_are_routed() -> None:
    event = added(3, items=2)
    first, second, third = event.sections
    event = replace(event, sections=(first, replace(second, parent=first.id, level=2), third))
    progress = told(started(), event, routed("s1", "label"))
    assert states(progress) == {"s1": "running", "s2": "waiting", "s3": "waiting"}
    progress.take(routed("s3", "label"))
    progress.take(handled("s1", "label"))
    assert states(progress) == {"s1": "done", "s2": "done", "s3": "running"}


def test_progress_says_running_only_of_as_many_as_are_really_asked() -> None:
    events = [routed(f"s{number}", "assess") for number in range(1, 6)]
    progress = told(started(max_connections="2"), added(5), *events)
    assert (progress.running, list(states(progress).values())) == (2, ["running"] * 2 + ["waiting"] * 3)
    progress.take(step("s5"))
    progress.take(handled("s1"))
    assert states(progress) == {"s1": "done", "s2": "running", "s3": "running", "s4": "waiting", "s5": "running"}


def test_progress_calls_a_section_failed_only_when_a_handler_got_no_answer() -> None:
    progress = told(started(), added(3), *(routed(f"s{number}", "assess") for number in (1, 2, 3)))
    for event in (step("s1"), failed("s1"), handled("s1"), failed("s2"), handled("s2"), step("s3")):
        progress.take(event)
    progress.take(failed("s3", rater="aggregate"))
    progress.take(handled("s3"))
    assert states(progress) == {"s1": "done", "s2": "failed", "s3": "failed"}
    assert (progress.failed, progress.failed_steps) == (2, 3)
    assert progress.sentence() == "3 of 3 sections, 2 failed, finishing"


def test_progress_tells_of_failed_answers_where_no_section_failed() -> None:
    progress = told(started(), added(1), routed("s1", "assess"), step("s1"), failed("s1"))
    assert progress.sentence() == "0 of 1 section, 1 answer failed"
    progress.take(StepFailed(None, None, "synthesize", "m", "timeout", "Too late."))
    assert progress.sentence() == "0 of 1 section, 2 answers failed"


def test_progress_takes_a_failed_route_for_no_failed_section() -> None:
    progress = told(started(), added(1), failed("s1", "route"), routed("s1", "label"), handled("s1", "label"))
    assert states(progress) == {"s1": "done"}


@pytest.mark.parametrize(
    ("elapsed_s", "left"),
    [(5.0, "less than a minute left"), (60.0, "about 3 min left"), (3600.0, "about 3 h left")],
)
def test_progress_foretells_a_time_after_five_items(elapsed_s: float, left: str) -> None:
    progress = told(started(), added(20), *(routed(f"s{number}", "assess") for number in range(1, 21)))
    for number in range(1, 6):
        assert "left" not in progress.sentence(elapsed_s)
        progress.take(step(f"s{number}"))
        progress.take(handled(f"s{number}"))
    assert progress.sentence(elapsed_s) == f"5 of 20 sections, {left}"
    assert progress.sentence() == "5 of 20 sections"


def test_progress_foretells_hours_and_minutes() -> None:
    progress = told(started(), added(11), *(routed(f"s{number}", "assess") for number in range(1, 12)))
    for number in range(1, 6):
        progress.take(step(f"s{number}"))
        progress.take(handled(f"s{number}"))
    assert progress.sentence(4500.0) == "5 of 11 sections, about 1 h 30 min left"


def test_progress_foretells_nothing_from_what_an_earlier_run_stored() -> None:
    progress = told(started(), added(20), *(routed(f"s{number}", "assess") for number in range(1, 21)))
    for number in range(1, 10):
        progress.take(step(f"s{number}", cached=1))
        progress.take(handled(f"s{number}"))
    assert progress.sentence(60.0) == "9 of 20 sections"


@pytest.mark.parametrize(("status", "words"), [(RunStatus.INTERRUPTED, "stopped"), (RunStatus.FAILED, "ended early")])
def test_progress_lets_what_was_not_done_wait_when_a_run_ends_before_its_end(status: RunStatus, words: str) -> None:
    progress = told(started(), added(2), routed("s1", "label"), routed("s2", "label"), handled("s1", "label"))
    progress.take(ended(status))
    assert states(progress) == {"s1": "done", "s2": "waiting"}
    assert progress.sentence(60.0) == f"1 of 2 sections, {words}"
    assert progress.running == 0


def test_progress_ends_a_document_whatever_its_handlers_left_unsaid() -> None:
    progress = told(started(), added(2), routed("s1", "assess"), routed("s2", "assess"), DocumentFinished(DOC))
    assert (progress.finished, states(progress)) == (2, {"s1": "done", "s2": "done"})
    progress.take(ended(RunStatus.DONE))
    assert progress.sentence() == "2 of 2 sections"


def test_progress_begins_again_with_a_run_that_is_continued() -> None:
    progress = told(started(), added(1), failed("s1"), ended(RunStatus.INTERRUPTED), started())
    assert (progress.total, progress.failed_steps, progress.sentence()) == (0, 0, "Reading the documents")


def test_progress_leaves_out_documents_it_does_not_know() -> None:
    strange = DocumentId("strange")
    progress = told(started(), added(1), routed("s1", "label", document=strange), handled("s1", document=strange))
    progress.take(DocumentFinished(strange))
    assert (progress.finished, progress.total) == (0, 1)


def test_progress_of_a_run_without_anything_to_do_is_whole() -> None:
    assert told(started(), ended(RunStatus.DONE)).fraction == 1.0
    assert told(started(), ended(RunStatus.DONE)).sentence() == "Nothing was reviewed"


PARTS = st.lists(
    st.sampled_from(["1 Fees\nPay.\n", "2 Skip\nx\n", "3 Bad\nx\n", "4 Half\nx\n"]), min_size=1, max_size=6
)


def check_whole(events: list[RunEvent]) -> Progress:
    """Folds step by step: the count never falls nor passes the total, and ends at it."""
    progress, before = Progress(), 0
    for event in events:
        progress.take(event)
        assert before <= progress.finished <= progress.total or isinstance(event, RunStarted)
        assert 0.0 <= progress.fraction <= 1.0
        before = progress.finished
    assert progress.finished == progress.total
    assert progress.running == 0
    return progress


@settings(max_examples=25)
@given(parts=PARTS, whole=st.booleans(), has_playbook=st.booleans(), has_model=st.booleans())
def test_progress_of_any_finished_run_is_whole(
    parts: list[str], whole: bool, has_playbook: bool, has_model: bool
) -> None:
    turn = iter(range(1000))

    def script(request: object) -> str | Exception:
        text = getattr(request, "user", "")
        return broken() if "Bad" in text or ("Half" in text and next(turn) % 2) else GOOD

    classifier = StubClassifier(lambda item: "skip" if "Skip" in item.text else "main")
    split = SplitNode(SplitAs.CONTRACT, SplitUnit.DOCUMENT) if whole else None
    workflow = make_workflow(*make_workflow().handlers, LABEL, SUMMARIZE, split=split)
    plan = make_plan(model_team(classifier=classifier), parts, workflow, make_playbook() if has_playbook else None)
    models = [ScriptedModel(script)] if has_model else []
    outcome = run_plans([plan], *models)
    progress = check_whole(outcome.events)
    handled_by = [(event.section, event.handler) for event in outcome.events if isinstance(event, ItemHandled)]
    wanted = [
        (event.routed.section, handler)
        for event in outcome.events
        if isinstance(event, ItemRouted)
        for handler in event.routed.handlers
    ]
    assert sorted(handled_by, key=str) == sorted(wanted, key=str)
    assert set(progress.sections(plan.document.id).values()) <= {
        SectionState.DONE,
        SectionState.FAILED,
        SectionState.NONE,
    }


def test_progress_of_a_stored_run_is_that_of_the_run(tmp_path: Path) -> None:
    desk = Desk(ScriptedModel(lambda request: broken() if "Term" in request.user else GOOD))
    paths = write_all(tmp_path, a="1 liability\nx\n2 Term\ny\n", b="BAD", c="1 method\nx\n3 Fees\ny\n")
    run(desk.runs.run(RunRequest(paths), desk.heard.append))
    (stored,) = run(desk.runs.list_runs())
    replayed = check_whole(list(run(desk.workspace.runs.events(stored.id))))
    live = check_whole(desk.heard)
    assert replayed.sentence() == live.sentence() == "4 of 4 sections, 1 failed"


def test_progress_finishes_items_while_a_document_has_no_playbook() -> None:
    workflow = make_workflow(*make_workflow().handlers, LABEL)
    team = make_team(rule=lambda task: ())
    events = run_plans([make_plan(team, workflow=workflow)]).events
    before_the_end = events[: next(i for i, event in enumerate(events) if isinstance(event, DocumentFinished))]
    progress = told(*before_the_end)
    assert progress.finished == progress.total == 3


def test_progress_of_the_samples_is_whole(tmp_path: Path) -> None:
    """The built-in checks over the samples that everybody has: a contract and two papers, one in German."""
    samples = Path(str(assets.asset_path("samples", "services-agreement.docx"))).parent
    paths = tuple(samples / name for name in ("services-agreement.docx", "paper-en.pdf", "paper-de.pdf"))
    heard: list[RunEvent] = []
    with open_services(tmp_path) as services:
        asyncio.run(services.runs.run(RunRequest(paths), heard.append))
    progress = check_whole(heard)
    assert progress.sentence(1.0) == f"{progress.total} of {progress.total} sections"
    assert progress.total > 30
    last = [event.document for event in heard if isinstance(event, DocumentFinished)]
    for document in last:
        shown = set(progress.sections(document).values())
        assert SectionState.DONE in shown
        assert shown <= {SectionState.DONE, SectionState.NONE}
