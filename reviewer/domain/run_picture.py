"""A run as a picture: documents are cut, parts are sent on their ways, somebody answers, answers come together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of a stage and how many there are of it; ``note`` says more, such as how often each is asked."""

    name: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunPicture:
    """What one workflow does with its documents, stage by stage.

    Attributes:
        title: the workflow's.
        documents, parts: how many documents, and into how many parts they are cut; ``unit``: what a part is.
        ways: where parts go, and how many to each; those that only a model can tell stand under an empty name.
        answering: who answers, and how many parts each gets at least; the note says who, and how many votes.
        result: how answers become one report.
    """

    title: str
    documents: int
    parts: int
    unit: str
    ways: tuple[Box, ...]
    answering: tuple[Box, ...]
    result: str

    @property
    def stages(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The four stages with their lines, in plain words."""
        cut = f"{_counted(self.documents, 'document')} into {_counted(self.parts, 'part')} ({self.unit})"
        ways = tuple(f"{each.name or 'a model decides'}: {each.count}" for each in self.ways)
        answering = tuple(f"{each.name}: {_counted(each.count, 'part')}{_noted(each)}" for each in self.answering)
        return (
            ("Cut", (cut,)),
            ("Send", ways or ("nothing",)),
            ("Answer", answering or ("nobody",)),
            ("Bring together", (self.result,)),
        )


def _counted(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _noted(box: Box) -> str:
    return f", {box.note}" if box.note else ""
