"""What the window can have done about the run: foretold, started, paused, stopped; what is looked at goes first."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from reviewer.domain.destination import Destination
from reviewer.domain.errors import BudgetExceeded, PriceUnknown, ReviewerError
from reviewer.domain.sent import SentRequest
from reviewer.services.comparing import compare_documents
from reviewer.services.requests import RunRequest
from reviewer.services.turns import turn_sentence
from reviewer.ui.backend import Backend, Job, JobStoppedError
from reviewer.ui.mailbox import Mailbox
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.instructions import Need
from reviewer.ui.viewmodels.matrix import ASKED
from reviewer.ui.viewmodels.notice import Notice, NoticeKind, notice_of
from reviewer.ui.viewmodels.quote_notice import compromised_sentence, unfounded_sentence
from reviewer.ui.viewmodels.session import Phase, Session
from reviewer.ui.viewmodels.severity_words import findings_words

if TYPE_CHECKING:
    from reviewer.services.container import Services
    from reviewer.services.stored_runs import RunResult

Start = Callable[[Coroutine[Any, Any, None]], None]
POLL_MS = 1000
"""How often the run is asked whether time is all that holds it back."""


class RunCommands(QObject):
    """Has the backend run what is on the shelf. Every method returns at once; what goes wrong is a notice.

    Args:
        start: begins work whose errors become notices.
    """

    noticed = Signal(object)
    """A `Notice`."""
    settled = Signal()
    """The run that was going has ended, and everything it did is kept."""
    estimated = Signal(object)
    """The `Estimate` of the run that Run would start."""
    estimate_refused = Signal(str)
    """Why there can be none."""
    asked = Signal(object, object)
    """Before a run: its `Estimate`, and the `Destination`s that its text goes to if the user says yes."""
    foretold = Signal(object)
    """The `PlannedRequest`s of the run that Run would start, to the letter."""
    sent_told = Signal(object)
    """The `SentRequest`s of the run that is shown."""
    text_told = Signal(object, str)
    """A `SentRequest` and its text."""

    def __init__(
        self,
        session: Session,
        decisions: DecisionDesk,
        backend: Backend,
        mailbox: Mailbox,
        start: Start,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._decisions = decisions
        self._backend = backend
        self._mailbox = mailbox
        self._start = start
        self._job: Job[RunResult] | None = None
        self._clock = QElapsedTimer()
        self._worked_ms = 0
        self._looked_at: tuple[str, ...] = ()
        self._is_under_way = self._is_polling = self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        session.progressed.connect(self._take_progress)

    def estimate(self) -> None:
        """Reckons what a run would take; `estimated` or `estimate_refused` tells. Asks nobody, starts nothing."""
        if self._session.can_run:
            self._start(self._estimate(self._session.request()))

    async def _estimate(self, request: RunRequest) -> None:
        try:
            estimate = await self._backend.call(lambda services: services.runs.estimate(request))
        except ReviewerError as error:
            self.estimate_refused.emit(f"{error.user_message} {error.hint}".strip())
        else:
            self.estimated.emit(estimate)

    def run(self) -> None:
        """Reviews everything on the shelf; `asked` tells where somebody has to say yes first."""
        if not self._session.can_run or self._is_asking:
            return
        if self._session.panel.is_private:
            self._start(self._run(self._session.request()))
        else:
            self._start(self._run_or_ask(self._session.request()))

    def ask_again(self) -> None:
        """Tells once more where somebody has to say yes: `asked`. Starts nothing."""
        if self._session.can_run and not self._is_asking:
            self._start(self._run_or_ask(self._session.request(), may_run=False))

    def run_agreed(self, destinations: Sequence[Destination]) -> None:
        """Reviews everything on the shelf, and sends its text there: for this run only."""
        if self._session.can_run:
            self._start(self._run(replace(self._session.request(), may_send_to=tuple(destinations))))

    async def _run_or_ask(self, request: RunRequest, *, may_run: bool = True) -> None:
        self._is_asking = True
        try:
            missing = await self._backend.call(lambda services: services.runs.unconfirmed(request))
            estimate = await self._backend.call(lambda services: services.runs.estimate(request)) if missing else None
        finally:
            self._is_asking = False
        if estimate is not None:
            self.asked.emit(estimate, missing)
        elif may_run and self._session.can_run:
            await self._run(request)

    def foretell(self) -> None:
        """Tells every request of the run that Run would start: `foretold`, or `estimate_refused`. Sends nothing."""
        if self._session.can_run:
            self._start(self._foretell(self._session.request()))

    async def _foretell(self, request: RunRequest) -> None:
        try:
            estimate = await self._backend.call(lambda services: services.runs.estimate(request, with_bodies=True))
        except ReviewerError as error:
            self.estimate_refused.emit(f"{error.user_message} {error.hint}".strip())
        else:
            self.foretold.emit(estimate.planned)

    def tell_sent(self) -> None:
        """Tells what the run that is shown sent beyond this computer."""
        run = self._session.report.run
        if run is not None:
            self._start(self._tell_sent(run.id))

    async def _tell_sent(self, run: str) -> None:
        self.sent_told.emit(await self._backend.call(lambda services: services.sent.of_run(run)))

    def tell_text(self, sent: SentRequest) -> None:
        """Tells the text of a request that was sent."""
        self._start(self._tell_text(sent))

    async def _tell_text(self, sent: SentRequest) -> None:
        self.text_told.emit(sent, await self._backend.call(lambda services: services.sent.text(sent)))

    def stop(self) -> None:
        """Stops the run; what is done stays done."""
        if self._job is not None:
            self._session.stopping()
            self._job.stop()

    def toggle_pause(self) -> None:
        """Pauses the run: it asks nothing more, and what is in flight ends as ever. Or lets it go on."""
        if self._session.phase is not Phase.RUNNING:
            return
        if self._session.is_paused:
            self._clock.restart()
        else:
            self._worked_ms += self._clock.elapsed()
        self._session.pause(is_paused=not self._session.is_paused)
        if self._is_under_way:
            self._start(self._tell_pause())

    def look_at(self, subjects: Sequence[str]) -> None:
        """Has the run under way ask about these first: ids of sections and documents, what matters most first."""
        if tuple(subjects) != self._looked_at:
            self._looked_at = tuple(subjects)
            if self._is_under_way:
                self._start(self._tell_looked_at())

    def elapsed_s(self) -> float:
        """Seconds that the run worked, without its pauses."""
        return (self._worked_ms + (0 if self._session.is_paused else self._clock.elapsed())) / 1000

    def _take_progress(self) -> None:
        """A run that is being prepared can neither be paused nor told what to ask first; that is caught up with."""
        if self._is_under_way or self._job is None or not self._session.progress.total:
            return
        self._is_under_way = True
        self._start(self._tell_looked_at())
        if self._session.is_paused:
            self._start(self._tell_pause())

    async def _tell_pause(self) -> None:
        is_paused = self._session.is_paused

        async def work(services: "Services") -> None:
            services.runs.pause() if is_paused else services.runs.go_on()

        await self._backend.call(work)

    async def _tell_looked_at(self) -> None:
        subjects = self._looked_at

        async def work(services: "Services") -> None:
            services.runs.look_at(subjects)

        await self._backend.call(work)

    def _poll(self) -> None:
        if self._is_under_way and not self._is_polling and not self._session.is_paused:
            self._start(self._ask_wait())

    async def _ask_wait(self) -> None:
        self._is_polling = True
        try:
            seconds = await self._backend.call(_waiting_s)
        finally:
            self._is_polling = False
        if not self._session.is_paused:
            self._session.wait(seconds)

    async def _run(self, request: RunRequest) -> None:
        self._clock.start()
        self._worked_ms, self._is_under_way = 0, False
        self._session.begin()
        self._timer.start()
        self._decisions.load({})
        if self._session.instructions.need is Need.VERSIONS:
            self._start(self._compare())
        try:
            with self._mailbox.listening():
                self._job = self._backend.begin(lambda services: services.runs.run(request, self._mailbox.post))
                result = await self._job.result()
        except JobStoppedError:
            text = self.tr("Stopped. What was done is kept; Run goes on from here.")
            self._notice(NoticeKind.INFO, text, self.tr("Go on"), "run")
        except ReviewerError as error:
            self.noticed.emit(self._refusal(error))
        else:
            self._decisions.load(result.standings)
            self._tell(result)
        finally:
            self._job = None
            self._is_under_way = False
            self._timer.stop()
            self._session.end()
            self.settled.emit()

    async def _compare(self) -> None:
        """What differs is known at once, and beside the run: no model is asked for it."""
        earlier, later = self._session.ordered()
        self._session.show(later.key)
        old, new = earlier.document, later.document
        if old is not None and new is not None:
            found = await self._backend.call(lambda services: compare_documents(services.library, old, new))
            self._session.compare(found)

    def _refusal(self, error: ReviewerError) -> Notice:
        """Why the run was refused or ended early, with what helps."""
        match error:
            case PriceUnknown():
                text = self.tr(
                    "There is a cap on money, and the price of %1 is not known. Set it under Models; or let its calls "
                    "count as free under Run > Estimate."
                )
                names = ", ".join(error.models)
                return Notice(NoticeKind.WARNING, text.replace("%1", names), self.tr("Set the price…"), "models")
            case BudgetExceeded():
                hint = self.tr(
                    "Run > Estimate allows this run more and goes on with it. A cap on the day is the setting "
                    "models.max_cost_day."
                )
                text = f"{error.user_message} {hint}"
                return Notice(NoticeKind.WARNING, text, self.tr("Allow more…"), "estimate")
            case _:
                return notice_of(error, self.tr("Try again"), "run")

    def _tell(self, result: "RunResult") -> None:
        report = result.report
        unfounded = " ".join(filter(None, (compromised_sentence(report), unfounded_sentence(report))))
        failures = len(report.failures) + sum(len(each.failures) for each in report.documents.values())
        failures -= report.compromised
        if failures:
            one = self.tr("One step failed; the rest is done. Trying again asks only for what failed.")
            many = self.tr("%1 steps failed; the rest is done. Trying again asks only for what failed.")
            text = one if failures == 1 else many.replace("%1", str(failures))
            self._notice(NoticeKind.WARNING, f"{text} {unfounded}".strip(), self.tr("Try again"), "run")
            return
        if unfounded:
            self._notice(NoticeKind.WARNING, unfounded)
            return
        if result.turns:
            self._notice(NoticeKind.GOOD, " ".join(map(turn_sentence, result.turns)))
            return
        findings = sum(len(each.findings) for each in report.documents.values())
        text = self.tr("Done. %1 to review: J goes to the next one, A agrees, X dismisses, N takes a note.")
        text = text.replace("%1", findings_words(findings))
        if any(each.uses == ASKED for document in report.documents.values() for each in document.answers):
            text = self.tr("Done. The answers stand below the source; a click on one shows the words it rests on.")
        elif not findings:
            text = self.tr("Done. See the summaries below the source.")
        self._notice(NoticeKind.GOOD, text)

    def _notice(self, kind: NoticeKind, text: str, action: str = "", command: str = "") -> None:
        self.noticed.emit(Notice(kind, text, action, command))


async def _waiting_s(services: "Services") -> float | None:
    return services.runs.waiting_s()
