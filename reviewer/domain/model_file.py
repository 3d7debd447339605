"""A language model in a file on this computer, as its header describes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What is known of a model file before it is loaded.

    Attributes:
        name: as the model calls itself; the file's name where it does not.
        size: bytes of the file, with the further parts of a model in several files.
        architecture: such as ``llama``.
        quantisation: how its numbers are written, such as ``Q4_K_M``; empty where the file does not say.
        context: tokens that it was trained to read at once, question and answer together.
        needed: bytes of memory that one question at a time takes at least, the model included.
        available: bytes of memory that are free on this computer now.
    """

    name: str
    size: int
    architecture: str
    quantisation: str
    parameters: int
    context: int
    needed: int
    available: int

    @property
    def fits(self) -> bool:
        """Whether there is memory for it now."""
        return self.needed <= self.available
