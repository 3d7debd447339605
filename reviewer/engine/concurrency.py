"""How many calls an endpoint gets at once: more while it keeps up, fewer when it says that it is asked too often."""

CUT = 0.8
DEBOUNCE_S = 15.0
"""The refusals of one crowd of calls are one episode: they cut once."""

EPISODE_SHARE = 0.2
"""So much of a round is refused where calls crowd. A refusal now and then is only waited out: fewer calls at once would
not make it rarer, and cost the run a fifth of its speed."""

MOST = 256
"""Further growth has shown no gain with any provider, and each connection costs memory."""

_STEP = 0.1


class Concurrency:
    """A limit that follows the endpoint: doubled round by round until the first refusal, then raised by a tenth.

    Args:
        start: calls at once to begin with.
        may_grow: above ``start``; else it is only found again after a cut.
    """

    def __init__(self, start: int, *, may_grow: bool) -> None:
        self.limit = start
        self._cap = max(start, MOST) if may_grow else start
        self._is_probing = may_grow
        self._answered = self._refused = self._outcomes = 0
        self._calm_from = self._cut_from = float("-inf")

    def answered(self, now: float, *, was_full: bool) -> None:
        """A call was answered; ``was_full`` where more were waiting. A full round without trouble raises the limit."""
        self._count()
        if not was_full or now < self._calm_from or self.limit >= self._cap:
            return
        self._answered += 1
        if self._answered >= self.limit:
            self._answered = 0
            step = self.limit if self._is_probing else max(1, int(self.limit * _STEP))
            self.limit = min(self._cap, self.limit + step)

    def refused(self, now: float) -> None:
        """The endpoint said that it is asked too often."""
        self._is_probing = False
        self._answered = 0
        self._refused += 1
        is_episode = self._refused >= EPISODE_SHARE * self.limit
        if is_episode and now >= self._cut_from:
            self.limit = max(1, int(self.limit * CUT))
            self._cut_from = self._calm_from = now + DEBOUNCE_S
        self._count()

    def _count(self) -> None:
        """Refusals are counted round by round."""
        self._outcomes += 1
        if self._outcomes >= self.limit:
            self._outcomes = self._refused = 0

    def troubled(self, now: float) -> None:
        """The endpoint has a problem of its own: nothing is taken away, and nothing added for a while."""
        self._answered = 0
        self._calm_from = max(self._calm_from, now + DEBOUNCE_S)
