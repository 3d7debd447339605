"""Comparing two versions of a document: words aligned, sections paired, weighty changes told."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reviewer.domain.alignment import Alignment, Edit, align
from reviewer.domain.comparison import Change, ChangeKind, Comparison, SectionFate, Weight
from reviewer.domain.guarded import denies, is_modal, measures
from reviewer.domain.ids import SectionId
from reviewer.domain.version import Version

KEPT_SHARE = 0.5
"""The share of a section's words that must stand in another for the two to be versions of one."""
MAX_ISLAND = 2
"""So many unchanged words between two changed stretches that are longer are shown as a part of the change."""
MIN_NAME_USES = 2

_MONTHS = frozenset(
    re.findall(
        r"\S+",
        "january february march april may june july august september october november december januar februar märz mai "
        "juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre "
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def compare(old: Version, new: Version) -> Comparison:
    """What changed from an old version to a new one.

    Sections are paired by the words they share, so how each version was cut makes no difference to which words are
    said to have changed. See `reviewer.domain.alignment.align` for the cost.
    """
    return _Comparer(old, new).run()


class _Comparer:
    def __init__(self, old: Version, new: Version) -> None:
        self._old, self._new = old, new
        self._sizes = [Counter(word.section for word in version.words) for version in (old, new)]
        self._borders = old.borders(), new.borders()
        self._alignment: Alignment = align(old.texts, new.texts, old.sentences(), new.sentences(), self._borders)
        self._pairs = self._paired()
        self._back = {after: before for before, after in self._pairs.items()}
        self._numbers = {
            _cited(old.sections[before].number): _cited(new.sections[after].number)
            for before, after in self._pairs.items()
        }
        self._names = _names(old) | _names(new)

    def run(self) -> Comparison:
        edits = _coalesced(self._alignment.edits, self._borders[0])
        lost, come = self._lost(), self._come()
        changes = [self._change(edit) for each in edits for edit in self._parts(each, lost, come)]
        changed_old = {id(change.old_section) for change in changes}
        changed_new = {id(change.new_section) for change in changes}
        moved = self._moved()
        fates = [
            self._fate(before, after, moved, changed_old, changed_new)
            for before, after in self._in_reading_order(lost, come)
        ]
        changes.sort(key=lambda change: (change.new, change.old))
        return Comparison(tuple(fates), tuple(changes))

    def _paired(self) -> dict[int, int]:
        """Sections of the old version and what became of them, those that share most words first."""
        shared: Counter[tuple[int, int]] = Counter()
        for before, after in self._alignment.pairs:
            shared[self._old.words[before].section, self._new.words[after].section] += 1
        found: dict[int, int] = {}
        used: set[int] = set()
        for (before, after), count in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
            is_enough = count >= KEPT_SHARE * min(self._sizes[0][before], self._sizes[1][after])
            if is_enough and min(before, after) >= 0 and before not in found and after not in used:
                found[before] = after
                used.add(after)
        return found

    def _lost(self) -> set[int]:
        """Old sections that are gone: of no new one, and most of their words stand nowhere."""
        kept = Counter(self._old.words[before].section for before, _ in self._alignment.pairs)
        return _alone(self._sizes[0], kept, self._pairs)

    def _come(self) -> set[int]:
        kept = Counter(self._new.words[after].section for _, after in self._alignment.pairs)
        return _alone(self._sizes[1], kept, self._back)

    def _moved(self) -> set[int]:
        """Old sections most of whose words stand in another order, without those that moved with the one around."""
        out = {place for edit in self._alignment.moved for place in range(*edit.old)}
        shared, elsewhere = Counter[int](), Counter[int]()
        for before, _ in self._alignment.pairs:
            section = self._old.words[before].section
            shared[section] += 1
            elsewhere[section] += before in out
        moved = {each for each in self._pairs if elsewhere[each] > KEPT_SHARE * shared[each]}
        around = {self._old.sections[each].id: self._new.sections[self._pairs[each]].id for each in moved}
        return {each for each in moved if not self._is_still_in(each, around)}

    def _is_still_in(self, section: int, around: dict[SectionId, SectionId]) -> bool:
        """Whether the section around was moved, and this one stands in it as before."""
        parent, parent_now = self._old.sections[section].parent, self._new.sections[self._pairs[section]].parent
        return parent in around and around[parent] == parent_now

    def _parts(self, edit: Edit, lost: set[int], come: set[int]) -> Iterator[Edit]:
        """What of an edit lies in sections that both versions have, in one section of each side."""
        olds = [each for each in _by_section(self._old, edit.old) if self._section(self._old, each) not in lost]
        news = [each for each in _by_section(self._new, edit.new) if self._section(self._new, each) not in come]
        for index in range(max(len(olds), len(news))):
            one = olds[index] if index < len(olds) else (edit.old[1], edit.old[1])
            other = news[index] if index < len(news) else (edit.new[1], edit.new[1])
            yield Edit(one, other)

    @staticmethod
    def _section(version: Version, words: tuple[int, int]) -> int:
        return version.words[words[0]].section

    def _change(self, edit: Edit) -> Change:
        old_words, new_words = self._old.texts[slice(*edit.old)], self._new.texts[slice(*edit.new)]
        both = old_words and new_words
        kind = ChangeKind.REPLACED if both else ChangeKind.DELETED if old_words else ChangeKind.INSERTED
        old, new = self._old.span(*edit.old), self._new.span(*edit.new)
        return Change(
            kind,
            old,
            new,
            self._old.written(*edit.old),
            self._new.written(*edit.new),
            self._old.section_at(*edit.old),
            self._new.section_at(*edit.new),
            tuple(_weights(old_words, new_words, self._names)),
            bool(both) and self._follows_numbers(old_words, new_words),
            (bool(old_words) and self._old.is_recognised(old)) or (bool(new_words) and self._new.is_recognised(new)),
        )

    def _follows_numbers(self, old_words: Sequence[str], new_words: Sequence[str]) -> bool:
        """Whether each number became the one that its section has now."""
        return len(old_words) == len(new_words) and all(
            before == after or self._numbers.get(before) == after
            for before, after in zip(old_words, new_words, strict=True)
        )

    def _in_reading_order(self, lost: set[int], come: set[int]) -> list[tuple[int | None, int | None]]:
        """Pairs and new sections as the new version reads; each that is gone behind the one it followed."""
        order: list[tuple[int | None, int | None]] = [
            (self._back.get(after), after)
            for after in range(len(self._new.sections))
            if after in self._back or after in come
        ]
        for before in sorted(lost):
            ahead = [index for index, (other, _) in enumerate(order) if other is not None and other < before]
            order.insert(max(ahead, default=-1) + 1, (before, None))
        return order

    def _fate(
        self, before: int | None, after: int | None, moved: set[int], changed_old: set[int], changed_new: set[int]
    ) -> SectionFate:
        old = self._old.sections[before] if before is not None else None
        new = self._new.sections[after] if after is not None else None
        if old is None or new is None:
            return SectionFate(old, new)
        return SectionFate(
            old,
            new,
            is_changed=id(old) in changed_old or id(new) in changed_new,
            is_moved=before in moved,
            is_renumbered=bool(old.number) and bool(new.number) and _flat(old.number) != _flat(new.number),
        )


def _alone(sizes: Counter[int], kept: Counter[int], paired: dict[int, int]) -> set[int]:
    """Sections of one version that are of none of the other, and most of whose words stand nowhere there."""
    return {
        section
        for section, size in sizes.items()
        if section >= 0 and section not in paired and kept[section] < KEPT_SHARE * size
    }


def _by_section(version: Version, words: tuple[int, int]) -> list[tuple[int, int]]:
    """A range of words cut where sections begin."""
    parts: list[tuple[int, int]] = []
    for place in range(*words):
        if parts and version.words[place].section == version.words[parts[-1][0]].section:
            parts[-1] = (parts[-1][0], place + 1)
        else:
            parts.append((place, place + 1))
    return parts


def _coalesced(edits: Sequence[Edit], borders: set[int]) -> list[Edit]:
    """Edits that only a word or two part, as one, where more words changed than stayed in between.

    Not where a section begins in between: the words are its heading.
    """
    joined: list[Edit] = []
    for edit in edits:
        last = joined[-1] if joined else None
        if last is not None and _is_island(last, edit) and borders.isdisjoint(range(last.old[1], edit.old[0] + 1)):
            joined[-1] = Edit((last.old[0], edit.old[1]), (last.new[0], edit.new[1]))
        else:
            joined.append(edit)
    return joined


def _is_island(last: Edit, edit: Edit) -> bool:
    between = edit.old[0] - last.old[1], edit.new[0] - last.new[1]
    if between[0] != between[1] or not 0 < between[0] <= MAX_ISLAND:
        return False
    sizes = [max(each.old[1] - each.old[0], each.new[1] - each.new[0]) for each in (last, edit)]
    return min(sizes) > between[0]


def _names(version: Version) -> set[str]:
    """Words that are capitalised within sentences, again and again: names and defined terms."""
    counts = Counter(
        word
        for before, word in zip(version.texts, version.texts[1:], strict=False)
        if word[0].isupper() and before[-1].isalpha() and before[0].islower()
    )
    return {word for word, count in counts.items() if count >= MIN_NAME_USES}


def _weights(old: Sequence[str], new: Sequence[str], names: set[str]) -> Iterator[Weight]:
    """What kinds of words differ."""
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    differing = [*gone, *come]
    if any(_is_date(word) for word in differing):
        yield Weight.DATE
    elif any(measures(word) for word in differing):
        yield Weight.NUMBER
    if any(denies(word) for word in differing):
        yield Weight.NEGATION
    if any(is_modal(word) and not _is_date(word) for word in differing):
        yield Weight.MODAL
    if any(word in names for word in differing):
        yield Weight.NAME


def _cited(number: str) -> str:
    """A number as references print it: without *Section* or *Article* before it."""
    return re.sub(r"^\D+(?=\d)", "", number)


def _is_date(word: str) -> bool:
    return (word.lower() in _MONTHS and word[0].isupper()) or _YEAR.fullmatch(word) is not None


def _flat(number: str) -> str:
    return re.sub(r"[\W_]+", "", number).casefold()
