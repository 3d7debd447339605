"""What readers do not see is told apart from what they do see, and can be taken out of a prompt again."""

from dataclasses import replace

from reviewer.domain.document import Visibility
from reviewer.domain.line_ids import fence_line
from reviewer.domain.unseen import CUT, UNSEEN_TITLES, Unseen, without_unseen

FENCE = "0123456789abcdef0123456789abcdef"
MARK = fence_line(FENCE)


def test_title_says_the_kind_and_whether_there_is_more() -> None:
    whole = Unseen(Visibility.HIDDEN, "x")
    assert whole.title == UNSEEN_TITLES[Visibility.HIDDEN]
    assert replace(whole, is_cut=True).title == f"{whole.title} {CUT}"
    assert len({UNSEEN_TITLES[kind].split()[0] for kind in UNSEEN_TITLES}) == 3


def test_prompt_without_the_unseen_keeps_all_else() -> None:
    told = [Unseen(Visibility.HIDDEN, "a"), Unseen(Visibility.COMMENT, "b", is_cut=True)]
    parts = [f"{each.title}\n{MARK}\n12345671|http://{each.text}.example\n{MARK}\n" for each in told]
    before, behind = f"Part: 1\n{MARK}\n12345671|text\n{MARK}\n", "The material ends here."
    left = without_unseen(f"{before}{''.join(parts)}{behind}", FENCE)
    assert left.split() == f"{before}{behind}".split()


def test_title_in_a_document_takes_nothing_out() -> None:
    title = UNSEEN_TITLES[Visibility.HIDDEN]
    message = f"Part: {title}\n{MARK}\n12345671|{title}\n12345672|{MARK}\n{MARK}\nend"
    assert without_unseen(message, FENCE) == message
    assert without_unseen(message, "") == message
