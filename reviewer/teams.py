"""Teams: who answers in a workflow, from the one explicit list of built-in and model handlers.

Imported where a workflow is about to be planned: handlers take time to load.
"""

from collections.abc import Sequence
from dataclasses import replace

from reviewer import assets
from reviewer.classifiers.router import LocalRouter
from reviewer.domain.answer_field import AnswerField
from reviewer.domain.category_file import read_categories
from reviewer.domain.errors import ConfigError
from reviewer.domain.override import Override
from reviewer.domain.policy import COMPARED
from reviewer.domain.template import filled
from reviewer.domain.workflow import HandlerNode, Workflow
from reviewer.engine.plan import HandlerPair, Team
from reviewer.handlers.builtin.answer import ExtractiveAnswerHandler
from reviewer.handlers.builtin.assess import AssessHandler
from reviewer.handlers.builtin.interactions import PlaybookInteractions
from reviewer.handlers.builtin.label import LabelHandler
from reviewer.handlers.builtin.summarize import SummarizeHandler
from reviewer.handlers.builtin.synthesize import RuleSynthesizer
from reviewer.handlers.checks.linter import Linter
from reviewer.handlers.llm.answer import ModelAnswerHandler
from reviewer.handlers.llm.assess import ModelAssessHandler
from reviewer.handlers.llm.interactions import ModelInteractions
from reviewer.handlers.llm.judge import ModelJudge
from reviewer.handlers.llm.route import RouteHandler
from reviewer.handlers.llm.summarize import ModelSummarizeHandler
from reviewer.handlers.llm.synthesize import ModelSynthesizer
from reviewer.handlers.llm.translate import ModelTranslateHandler
from reviewer.handlers.particulars.reader import ContractReader
from reviewer.ports.handling import ModelHandler, RuleHandler, RuleInteractions
from reviewer.services.catalog import Catalog

ANSWER = "answer"
"""The one field of an answer to a question."""


def build_team(workflow: Workflow, catalog: Catalog, overrides: Sequence[Override] = ()) -> Team:
    """What answers in a workflow.

    Args:
        workflow: checked, with its prompts.
        catalog: where playbooks and workflows that it hands items to are.
        overrides: where people sent items of any workflow; the local classifier learns from those of its own.

    Raises:
        ConfigError: a playbook, or a workflow that it hands items to, is wrong.
    """
    synthesis = workflow.synthesis
    written, passes = synthesis and synthesis.prompt, workflow.interactions
    return Team(
        handlers={node.id: _pair(node, workflow, catalog, overrides) for node in workflow.handlers},
        classifier=LocalRouter([each for each in overrides if each.workflow == workflow.id]),
        router=RouteHandler(catalog.prompt("route"), workflow.routes, workflow.router.max_routes),
        rule_synthesizer=RuleSynthesizer() if synthesis else None,
        rule_interactions=_rule_interactions(workflow, catalog) if passes else (),
        model_interactions=ModelInteractions(workflow.templates[passes.prompt]) if passes and passes.prompt else None,
        model_synthesizer=ModelSynthesizer(workflow.templates[synthesis.prompt]) if synthesis and written else None,
        checker=_checker(workflow),
        categories=read_categories(assets.asset_text("labels", "labels.toml")),
        reader=ContractReader(assets.asset_text("labels", "labels.toml")) if workflow.particulars else None,
    )


def _checker(workflow: Workflow) -> Linter | None:
    if workflow.checks is None:
        return None
    unknown = [name for name in workflow.checks.off if name not in {rule.id for rule in Linter.rules}]
    if unknown:
        raise ConfigError(
            "no_such_rule",
            f"The workflow {workflow.id} switches off {unknown[0]!r}, and there is no such rule.",
            "See: reviewer check --rules",
        )
    return Linter()


def _rule_interactions(workflow: Workflow, catalog: Catalog) -> tuple[RuleInteractions, ...]:
    names = dict.fromkeys(name for node in workflow.handlers for name in node.playbooks)
    return (PlaybookInteractions([catalog.playbook(name) for name in names]),)


def _pair(node: HandlerNode, workflow: Workflow, catalog: Catalog, overrides: Sequence[Override]) -> HandlerPair:
    if node.uses == "workflow":
        nested = catalog.workflow(node.workflow)
        return HandlerPair(nested=(nested, build_team(nested, catalog, overrides)))
    if node.uses == "answer":
        return HandlerPair(asked=tuple(_question(node, question, workflow) for question in node.questions))
    prompts = [workflow.templates[name] for name in node.wordings if node.uses != "label"]
    models = [_model_handler(node, prompt, catalog) for prompt in prompts]
    return HandlerPair(
        rule=_rule_handler(node, catalog),
        model=models[0] if models else None,
        others=tuple(models[1:]),
        judge=_judge(node, prompts[0], catalog) if prompts else None,
        each=_each(node, workflow, catalog, overrides) if node.each else None,
    )


def _each(
    node: HandlerNode, workflow: Workflow, catalog: Catalog, overrides: Sequence[Override]
) -> tuple[HandlerNode, HandlerPair]:
    inner = workflow.handler(node.each)
    return inner, _pair(inner, workflow, catalog, overrides)


def _question(node: HandlerNode, question: str, workflow: Workflow) -> tuple[HandlerNode, HandlerPair]:
    """A question as a handler of its own: found by words, or asked of models."""
    field = AnswerField(ANSWER, description=question, is_required=False, is_quoted=True, max_chars=1200)
    asked = replace(node, questions=(question,), fields=(field,))
    models = [ModelAnswerHandler(asked, workflow.templates[name]) for name in node.wordings]
    rule = ExtractiveAnswerHandler(ANSWER, question)
    return asked, HandlerPair(rule, models[0] if models else None, tuple(models[1:]))


def _judge(node: HandlerNode, prompt: str, catalog: Catalog) -> ModelJudge | None:
    if node.policy not in COMPARED:
        return None
    listed = ", ".join(field.name for field in node.fields)
    return ModelJudge(catalog.prompt("judge"), filled(prompt, {**node.variables, "fields": listed}))


def _rule_handler(node: HandlerNode, catalog: Catalog) -> RuleHandler | None:
    match node.uses:
        case "label":
            return LabelHandler(assets.asset_text("labels", "labels.toml"))
        case "assess":
            return AssessHandler(tuple(catalog.playbook(name) for name in node.playbooks))
        case "summarize":
            return SummarizeHandler()
        case _:
            return None


def _model_handler(node: HandlerNode, prompt: str, catalog: Catalog) -> ModelHandler:
    match node.uses:
        case "assess":
            return ModelAssessHandler(prompt, tuple(catalog.playbook(name) for name in node.playbooks))
        case "translate":
            return ModelTranslateHandler(prompt)
        case "summarize":
            return ModelSummarizeHandler(prompt)
        case _:
            return ModelAnswerHandler(node, prompt)
