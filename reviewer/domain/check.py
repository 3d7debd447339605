"""Checks: what the linter reports about a document, without a model."""

from dataclasses import dataclass

from reviewer.domain.citation import Citation
from reviewer.domain.outcome import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a rule of the linter found.

    Attributes:
        rule: id of the rule, such as ``reference-missing``.
        message: one sentence that says what is wrong.
        citations: the words it is about, in the order of the document; empty where something is missing altogether.
    """

    rule: str
    severity: Severity
    message: str
    citations: tuple[Citation, ...] = ()
