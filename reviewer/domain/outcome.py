"""The closed words for what was found and how much it matters."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a contract does about a position. These are never merged into each other."""

    PREFERRED = "preferred"
    FALLBACK = "fallback"
    DEVIATES = "deviates"
    WALK_AWAY = "walk_away"
    MISSING = "missing"
    PRESENT_ELSEWHERE = "present_elsewhere"
    INCORPORATED_UNREAD = "incorporated_unread"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"
    UNCERTAIN = "uncertain"
    ERROR = "error"


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Friction(StrEnum):
    """What a deviation does to the business, worst first."""

    BLOCKS = "blocks"
    SLOWS = "slows"
    CONFUSES = "confuses"
    NONE = "none"
