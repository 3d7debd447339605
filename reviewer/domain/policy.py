"""Policies: how several votes become one answer, and when no more of them are asked for."""

from enum import StrEnum


class Policy(StrEnum):
    """How the votes on a task become one answer.

    For closed values: *majority*, *weighted* (each rater's votes count as much as the workflow says), *unanimous* (all
    valid votes are equal), *quorum* (the winner itself has that many votes). For numbers: *median*, *trimmed_mean*.
    For records: *fields*, each by what suits its type. For lists: *overlap* (entries that rest on the same words are
    one), *union* (all entries, those that say the same once). For prose: *best_quoted* (most exact quotes, then first),
    *judge* (a model picks the best), *tournament* (a model compares them pair by pair).
    """

    MAJORITY = "majority"
    WEIGHTED = "weighted"
    UNANIMOUS = "unanimous"
    QUORUM = "quorum"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"
    FIELDS = "fields"
    OVERLAP = "overlap"
    UNION = "union"
    BEST_QUOTED = "best_quoted"
    JUDGE = "judge"
    TOURNAMENT = "tournament"


class Adaptive(StrEnum):
    """When fewer votes are asked than a workflow allows.

    *off*: never. *exact*: once those that are left cannot change the winner. *fast*: once the first two say the same
    and quote overlapping words; where they do not, up to five are asked, the strongest model among the first of them.
    """

    OFF = "off"
    EXACT = "exact"
    FAST = "fast"


class ModelClass(StrEnum):
    """Which of the models named for a run are asked: *any*: all of them; *cheap*: the first; *strong*: the last."""

    ANY = "any"
    CHEAP = "cheap"
    STRONG = "strong"


CLOSED = (Policy.MAJORITY, Policy.WEIGHTED, Policy.UNANIMOUS, Policy.QUORUM)
NUMERIC = (Policy.MEDIAN, Policy.TRIMMED_MEAN)
LISTED = (Policy.OVERLAP, Policy.UNION)
PROSE = (Policy.BEST_QUOTED, Policy.JUDGE, Policy.TOURNAMENT)
COMPARED = (Policy.JUDGE, Policy.TOURNAMENT)
"""Those that ask a model about the votes."""

POLICIES: dict[str, tuple[Policy, ...]] = {
    "label": CLOSED,
    "assess": CLOSED,
    "classify": CLOSED,
    "extract": (Policy.FIELDS, *CLOSED, *NUMERIC, *LISTED),
    "generate": (*PROSE, Policy.UNION, Policy.FIELDS),
    "answer": (Policy.FIELDS, *CLOSED),
    "summarize": PROSE,
    "translate": PROSE,
    "workflow": (Policy.MAJORITY,),
}
"""The policies that each kind of handler may have; the first is what it has when its file says nothing."""

STOPPABLE = (*CLOSED, Policy.MEDIAN, Policy.FIELDS)
"""Those under which votes that are left may be unable to change anything."""
