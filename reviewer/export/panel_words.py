"""How much the votes of a run are worth together, in plain words."""

from reviewer.domain.independence import Independence, independence_of, questions_of
from reviewer.domain.report import Report


def independence(report: Report) -> str:
    """What the votes of a run show and what they do not; empty where nothing was voted on."""
    found = independence_of(questions_of(report))
    return "" if found is None else _told(found)


def _told(found: Independence) -> str:
    if len(found.raters) == 1:
        steady = "" if found.within is None else f"Any two of its answers agree in {_percent(found.within)} of cases. "
        return (
            f"All votes are of one model, asked up to {found.votes} times. {steady}That shows how steady it is, not "
            "whether it is right: it repeats its own mistakes. A second model would tell more than further votes."
        )
    between = f"Answers of different models agree in {_percent(found.between or 0.0)} of cases"
    if found.effective is None or found.within is None:
        return f"{between}."
    worth = round(found.effective, 1)
    return (
        f"{between}, answers of one model in {_percent(found.within)}: {found.votes} votes of {len(found.raters)} "
        f"models are worth about {worth:g} independent ones."
    )


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
