from dataclasses import replace

from reviewer.domain.footing import Footing
from reviewer.domain.ids import sha256_hex
from reviewer.engine.plan import HandlerPair, footing_of
from tests.fakes.documents import make_plan, make_playbook, make_workflow
from tests.fakes.running import model_team


def test_footing_names_file_workflow_playbook_and_all_prompts() -> None:
    workflow = replace(make_workflow(), digest="w", version=3, templates={"b": "Second.", "a": "First."})
    nested = replace(make_workflow(), id="inner", templates={"a": "Another."})
    team = replace(model_team(), handlers={"x": HandlerPair(nested=(nested, model_team())), "y": HandlerPair()})
    plan = make_plan(team, workflow=workflow, playbook=replace(make_playbook(), digest="p", version=4))
    prompts = (("a", "First."), ("b", "Second."), ("inner/a", "Another."))
    hashed = tuple((name, sha256_hex(text)) for name, text in prompts)
    source = plan.document.source.sha256
    assert footing_of(plan) == Footing(source, 3, "w", 4, "p", hashed)
    assert plan.added().footing == footing_of(plan)
    assert footing_of(replace(plan, playbook=None)).playbook == ""
