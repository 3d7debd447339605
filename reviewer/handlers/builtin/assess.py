"""Positions of a playbook assessed by its transparent signals and tests."""

from collections.abc import Sequence

from reviewer.domain.citation import Evidence
from reviewer.domain.ids import canonical_json, sha256_hex
from reviewer.domain.occurrences import whole_words
from reviewer.domain.playbook import Playbook, assess
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement


class AssessHandler:
    """Implements `reviewer.ports.handling.RuleHandler`. The playbook is the one the task's context names.

    Args:
        playbooks: those a task may name; a task that names none gets no judgement.
    """

    version = "1"

    def __init__(self, playbooks: Sequence[Playbook]) -> None:
        self._playbooks = {playbook.id: playbook for playbook in playbooks}
        self.fingerprint = sha256_hex(canonical_json([playbook.digest for playbook in playbooks]))

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        """One judgement per position that the item speaks about; silent about the others."""
        playbook = self._playbooks.get(task.context.playbook)
        if playbook is None:
            return ()
        item, judgements = task.item, []
        for position in playbook.positions:
            result = assess(position, item.heading, item.text)
            if result is None:
                continue
            spans = [whole_words(item.text, span) for span in result.evidence]
            evidence = tuple(Evidence(span.of(item.text), span.start) for span in spans)
            judgements.append(Judgement(position.id, result.outcome, result.says, evidence, rank=result.rank))
        return tuple(judgements)
