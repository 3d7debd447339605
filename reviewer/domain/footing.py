"""What results rest on besides the words of a document, noted as hashes and versions when a run begins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Footing:
    """What one document was held against. Empty in runs of versions that did not note it.

    Attributes:
        source: SHA-256 of the file's bytes.
        workflow_version, playbook_version: as their files say; 0 for none.
        workflow, playbook: SHA-256 of their files, a workflow's with its prompts; empty for none.
        prompts: name and SHA-256 of each prompt that models may be asked with, in the order of names.
    """

    source: str = ""
    workflow_version: int = 0
    workflow: str = ""
    playbook_version: int = 0
    playbook: str = ""
    prompts: tuple[tuple[str, str], ...] = ()


NO_FOOTING = Footing()
