"""Text that a reader does not see (hidden, deleted, in comments), where the user wants models to read it all the same.

It stands in a prompt behind all else of the document, each kind under a title of ours and in marks of its own. It is
never evidence: quotes are checked against what readers see.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.domain.document import Visibility
from reviewer.domain.line_ids import fence_line

UNSEEN_TITLES: Mapping[Visibility, str] = {
    Visibility.HIDDEN: "Hidden in this part, so that no reader of the document sees it; never quote it:",
    Visibility.DELETED: "Deleted from this part, so that it no longer holds; never quote it:",
    Visibility.COMMENT: "Said in comments on this part, so that it is no part of the document; never quote it:",
}
"""What is told of each kind. Nothing else is unseen: headers and footers are, where they are printed."""
CUT = "(Only its beginning is shown.)"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Text of one kind that belongs to an item.

    Attributes:
        visibility: the kind; one of `UNSEEN_TITLES`.
        is_cut: the document has more of it.
    """

    visibility: Visibility
    text: str
    is_cut: bool = False

    @property
    def title(self) -> str:
        """What a model is told that it is."""
        title = UNSEEN_TITLES[self.visibility]
        return f"{title} {CUT}" if self.is_cut else title


def without_unseen(message: str, fence: str) -> str:
    """A prompt without the text that readers do not see. No line of a document can look like a title of ours."""
    if not fence:
        return message
    titles = "|".join(map(re.escape, UNSEEN_TITLES.values()))
    mark = re.escape(fence_line(fence))
    return re.sub(rf"(?ms)^(?:{titles})[^\n]*\n{mark}\n.*?^{mark}$", "", message)
