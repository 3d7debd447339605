"""Interactions found by the rules of the playbook that a document was held against."""

from collections.abc import Sequence

from reviewer.domain.interaction import Interaction, interactions_of
from reviewer.domain.playbook import Playbook
from reviewer.domain.report import DocumentReport


class PlaybookInteractions:
    """Implements `reviewer.ports.handling.RuleInteractions`.

    Args:
        playbooks: those a document may have been held against.
    """

    def __init__(self, playbooks: Sequence[Playbook]) -> None:
        self._playbooks = {playbook.id: playbook for playbook in playbooks}

    def find(self, report: DocumentReport) -> tuple[Interaction, ...]:
        """What the playbook's rules find; nothing without a playbook."""
        playbook = self._playbooks.get(report.playbook)
        rules = playbook.interactions if playbook else ()
        return interactions_of(rules, report.document.id, report.findings)
