"""The picture of a run as the window shows it: ids become names."""

from reviewer.domain.run_picture import RunPicture
from reviewer.ui.viewmodels import wording


def picture_stages(picture: RunPicture) -> list[tuple[str, tuple[str, ...]]]:
    """The stages with their lines; the names in them with a capital."""
    return [(name, tuple(_named(line) for line in lines)) for name, lines in picture.stages]


def _named(line: str) -> str:
    name, colon, rest = line.partition(": ")
    return f"{wording.route_name(name)}: {rest}" if colon else line
