"""Page numbers as they are printed, where a file does not name its pages itself: journals begin at page 1127."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

_NUMBER = re.compile(r"(?<![\d.,/])\d{1,5}(?![\d.,/]\d)")
_MOST_PAGES = 0.6  # of the pages: how many must carry the number that the rest counts on from
_MIN_PAGES = 3


def printed_numbers(furniture: Mapping[int, Sequence[str]], pages: int) -> dict[int, str]:
    """The printed number of each page, from the words of its running heads and feet; empty where they tell none.

    The numbers of most pages must count on from one to the next. Where that is so, the pages between get theirs too,
    from the first page that has one to the last.

    Args:
        furniture: texts by page from 1.
        pages: how many pages there are.
    """
    offsets: Counter[int] = Counter()
    for page, texts in furniture.items():
        offsets.update({int(number) - page for text in texts for number in _NUMBER.findall(text)})
    if not offsets:
        return {}
    offset, count = max(offsets.items(), key=lambda item: (item[1], -abs(item[0])))
    if offset == 0 or count < max(_MIN_PAGES, _MOST_PAGES * pages):
        return {}
    return {page: str(page + offset) for page in range(1, pages + 1) if page + offset > 0}
