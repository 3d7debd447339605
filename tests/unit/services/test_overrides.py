from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.classifiers.router import LocalRouter
from reviewer.domain.decision import SubjectKind
from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.override import Override
from reviewer.domain.report import sorted_for_reading
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.workflow import RouteNode, SplitUnit
from reviewer.services.overrides import OverrideService
from reviewer.services.requests import RunRequest
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES, make_document, make_workflow
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

ROUTES = (RouteNode("main", "All."), RouteNode("skip", "None."))


def desk_with(unit: SplitUnit = SplitUnit.SECTION) -> tuple[Desk, OverrideService]:
    flow = make_workflow(routes=ROUTES)
    desk = Desk(workflow=replace(flow, split=replace(flow.split, unit=unit)))
    return desk, desk.services().overrides


def routes_of(service: OverrideService) -> list[tuple[str, str]]:
    return [(each.text, each.route) for each in run(service.all())]


def test_text_is_sent_and_taken_back() -> None:
    _, service = desk_with()
    said = run(service.send("Hello", "flow", "skip"))
    assert said == Override("flow", "Hello", "skip", "ada")
    assert run(service.all()) == (said,)
    run(service.take_back(said))
    assert run(service.all()) == ()


def test_part_of_a_document_is_sent_with_its_text() -> None:
    desk, service = desk_with()
    document = make_document()
    for part in ("s2", "2", "Liability"):
        run(service.send_part(document, part, "flow", "skip"))
    assert routes_of(service) == [("2 Liability\nThe Supplier is liable without limit.\n", "skip")]
    assert {each.subject.id for each in desk.workspace.decisions.kept} == {document.id}


def test_taking_back_is_about_the_same_document() -> None:
    desk, service = desk_with()
    document = make_document()
    run(service.take_back(run(service.send_part(document, "s1", "flow", "skip"))))
    assert [each.subject.id for each in desk.workspace.decisions.kept] == [document.id] * 2
    assert run(service.all()) == ()


def test_taking_back_what_was_never_said_changes_nothing() -> None:
    _, service = desk_with()
    run(service.take_back(Override("flow", "Hello", "skip")))
    assert run(service.all()) == ()


def test_whole_document_is_sent_when_it_is_one_part() -> None:
    _, service = desk_with(SplitUnit.DOCUMENT)
    document = make_document()
    run(service.send_part(document, None, "flow", "skip"))
    assert routes_of(service) == [(document.text, "skip")]


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (None, "The document has 3 parts."),
        ("moon", "There is no part called 'moon'."),
        ("s", "There are 3 parts called 's'."),
    ],
)
def test_part_must_be_one(part: str | None, sentence: str) -> None:
    _, service = desk_with()
    with pytest.raises(InputError, match=sentence):
        run(service.send_part(make_document(), part, "flow", "skip"))
    assert run(service.all()) == ()


def test_route_must_exist() -> None:
    _, service = desk_with()
    assert service.routes("flow") == ("main", "skip")
    with pytest.raises(InputError, match="has no route 'skipp'; did you mean \"skip\""):
        run(service.send("Hello", "flow", "skipp"))


def test_planner_learns_what_was_said() -> None:
    desk, service = desk_with()
    run(desk.planner.learn(desk.workspace.decisions))
    before = desk.planner.workflow("flow")
    run(desk.planner.learn(desk.workspace.decisions))
    assert desk.planner.workflow("flow") is before
    assert desk.planner.taught({"flow"}) == {}
    run(service.send("Hello", "flow", "skip"))
    run(desk.planner.learn(desk.workspace.decisions))
    assert desk.planner.workflow("flow") is not before
    assert desk.planner.taught({"flow"}) == {"overrides": [["flow", "Hello", "skip"]]}
    assert desk.planner.taught({"other"}) == {}


def test_overrides_are_decisions_about_routes() -> None:
    desk, service = desk_with()
    document: Document = make_document()
    run(service.send_part(document, "s1", "flow", "skip"))
    (kept,) = desk.workspace.decisions.kept
    assert (kept.subject.kind, kept.by) == (SubjectKind.ROUTES, "ada")


def test_next_run_asks_only_about_the_part_that_goes_elsewhere(tmp_path: Path) -> None:
    model = ScriptedModel(reply_of(assessed("preferred", "Liability")))
    flow = make_workflow(routes=(RouteNode("main", "All.", ("assess",)), RouteNode("skip", "None.")))
    desk = Desk(model, workflow=flow, classify=LocalRouter)
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    request = RunRequest((path,), models=(ModelChoice("openai/scripted"),))

    def routes() -> list[str]:
        (document,) = run(desk.runs.run(request, lambda _: None)).report.documents.values()
        return [each.route.route for each in sorted_for_reading(document).routes]

    service = desk.services().overrides
    assert routes() == ["main"] * 3
    asked = len(model.requests)
    said = run(service.send(CLAUSES[1], "flow", "skip"))
    assert routes() == ["main", "skip", "main"]
    run(service.take_back(said))
    assert routes() == ["main"] * 3
    assert len(model.requests) == asked


def test_part_is_released_again() -> None:
    _, service = desk_with()
    document = make_document()
    run(service.send_part(document, "s2", "flow", "skip"))
    assert not run(service.release_part(document, "s1", "flow"))
    assert run(service.release_part(document, "s2", "flow"))
    assert run(service.all()) == ()
