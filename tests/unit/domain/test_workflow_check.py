from collections.abc import Mapping, Sequence

import pytest

from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import SplitNode, SplitUnit
from reviewer.domain.workflow_check import Known
from reviewer.domain.workflow_file import check_workflow, read_workflow
from tests.unit.domain.test_handler_file import EXTRACT, HEAD

PROMPTS = {"p": "Be {tone} about {fields}.", "q": "{language}", "s": "Bring together.", "a": "{positions} {side}"}


def known(prompts: Mapping[str, str] = PROMPTS, nested: Mapping[str, Sequence[str]] | None = None) -> Known:
    flows = nested or {}
    return Known(prompts.get, ("book",), tuple(flows), lambda name: flows.get(name, ()), lambda name: None)


def problems(text: str, what: Known) -> list[str]:
    return list(check_workflow(HEAD + text, "w.toml", what))


def nesting(workflow: str) -> str:
    return f'[[handlers]]\nid = "h"\nuses = "workflow"\nworkflow = "{workflow}"\n'


def test_templates_are_read_and_count_for_the_digest() -> None:
    found = read_workflow(HEAD + EXTRACT, "w.toml", known())
    assert found.templates == {"p": PROMPTS["p"], "q": PROMPTS["q"]}
    other = read_workflow(HEAD + EXTRACT, "w.toml", known({**PROMPTS, "q": "{kind}"}))
    assert found.digest != other.digest


def test_missing_prompt_is_named_with_its_line() -> None:
    (problem,) = problems(EXTRACT, known({"p": PROMPTS["p"]}))
    assert problem.startswith('w.toml, line 24: "prompts" in [[handlers]] names "q", and there is no q.md beside')


def test_unknown_variable_is_named_with_both_lines() -> None:
    (problem,) = problems(EXTRACT, known({**PROMPTS, "p": "{tone}\n{sdie}"}))
    assert problem.startswith('w.toml, line 23: "prompt" in [[handlers]]: p.md, line 2: {sdie} is no variable of this')
    assert problem.endswith("known: language, kind, fields, tone.")


def test_variable_that_no_prompt_holds_is_a_mistake() -> None:
    (problem,) = problems(EXTRACT, known({**PROMPTS, "p": "Nothing."}))
    assert problem.endswith('"tone" in [handlers.variables] stands in none of the prompts.')


def test_playbook_and_prompt_of_the_second_pass_are_checked() -> None:
    text = '[[handlers]]\nid = "h"\nuses = "assess"\nprompt = "a"\nplaybooks = ["bok"]\n'
    text += '[synthesis]\nuses = "synthesize"\nprompt = "gone"\n'
    found = problems(text, known())
    assert '"playbooks" in [[handlers]] names "bok", which is no playbook; did you mean "book"?' in found[0]
    assert '"prompt" in [synthesis] names "gone"' in found[1]
    good = text.replace("bok", "book").replace('"gone"', '"s"')
    assert read_workflow(HEAD + good, "w.toml", known()).templates == {"a": PROMPTS["a"], "s": PROMPTS["s"]}


def test_second_pass_may_be_without_a_prompt() -> None:
    text = '[[handlers]]\nid = "h"\nuses = "label"\n[synthesis]\nuses = "synthesize"\n'
    assert problems(text, known()) == []


def test_nested_workflow_must_be_there() -> None:
    (problem,) = problems(nesting("moon"), known(nested={"sun": ()}))
    assert '"workflow" in [[handlers]] names "moon", which is no workflow; known: sun.' in problem
    assert problems(nesting("sun"), known(nested={"sun": ()})) == []


def test_loop_is_refused_with_its_way() -> None:
    (problem,) = problems(nesting("sun"), known(nested={"sun": ("moon",), "moon": ("w",)}))
    assert problem.endswith('"workflow" in [[handlers]] loops: w > sun > moon > w.')
    (problem,) = problems(nesting("w"), known(nested={}))
    assert problem.endswith("loops: w > w.")


def test_nesting_has_a_limit() -> None:
    deep = {"a": ("b",), "b": ("c",), "c": ("d",), "d": ()}
    (problem,) = problems(nesting("a"), known(nested=deep))
    assert problem.endswith('"workflow" in [[handlers]] nests more than 3 workflows: w > a > b > c > d.')
    assert problems(nesting("b"), known(nested=deep)) == []


def cut_problems(outer: str, inner: SplitNode) -> list[str]:
    """What is wrong with a file that cuts in one way and hands its parts to a workflow that cuts in another."""
    what = Known(PROMPTS.get, ("book",), ("sun",), lambda name: (), lambda name: inner)
    assert HEAD.count('as = "auto"') == 1
    return list(check_workflow(HEAD.replace('as = "auto"', outer) + nesting("sun"), "w.toml", what))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ('as = "contract"', SplitNode(SplitAs.CONTRACT)),
        ('as = "contract"', SplitNode(SplitAs.PAPER, SplitUnit.DOCUMENT)),
        ('as = "contract"\nunit = "document"', SplitNode(SplitAs.CONTRACT, SplitUnit.HEADING, level=2)),
        ('as = "auto"\nunit = "document"', SplitNode(SplitAs.PAPER)),
        ('as = "contract"\nunit = "paragraph"', SplitNode(SplitAs.CONTRACT, SplitUnit.PARAGRAPH)),
    ],
)
def test_part_can_be_cut_as_the_workflow_says_that_it_is_handed_to(outer: str, inner: SplitNode) -> None:
    assert cut_problems(outer, inner) == []


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ('as = "contract"\nunit = "document"', SplitNode(SplitAs.PAPER)),
        ('as = "contract"', SplitNode(SplitAs.CONTRACT, SplitUnit.PARAGRAPH)),
        ('as = "contract"\nunit = "heading"', SplitNode(SplitAs.CONTRACT)),
    ],
)
def test_split_that_a_part_cannot_be_cut_by_is_refused(outer: str, inner: SplitNode) -> None:
    (problem,) = cut_problems(outer, inner)
    assert problem.startswith("w.toml, line ")
    assert f'"workflow" in [[handlers]] names "sun", which cuts by unit = "{inner.unit}" and as =' in problem
    assert problem.endswith('or set unit = "document" in "sun", which takes each part as a whole.')
