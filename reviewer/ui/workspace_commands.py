"""What the window can have done about the workspace itself: backups, repair, matters."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from reviewer.domain.destination import Destination
from reviewer.domain.errors import InputError, ReviewerError
from reviewer.domain.matter import Egress, Matter, Turn
from reviewer.domain.secret import Secret
from reviewer.ui.backend import Backend
from reviewer.ui.translation import QT_TRANSLATE_NOOP
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.session import Session

if TYPE_CHECKING:
    from reviewer.domain.workspace import BackupInfo, Place
    from reviewer.services.container import Services

Start = Callable[[Coroutine[Any, Any, None]], None]


class WorkspaceCommands(QObject):
    """Has the backend look after the workspace. Every method returns at once; what goes wrong is a notice.

    Args:
        start: begins work whose errors become notices.
        refresh: lists the runs again.
    """

    noticed = Signal(object)
    """A `Notice`."""
    told = Signal(object, object)
    """`Place`, and its `BackupInfo`s, newest first."""
    history_told = Signal(object)
    """`HistoryEntry`s, the latest first."""
    matters_listed = Signal(object)
    """Pairs of `Matter` and the `Turn`s of its documents, newest matter first."""

    def __init__(
        self, session: Session, backend: Backend, start: Start, refresh: Callable[[], Awaitable[None]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._backend = backend
        self._start = start
        self._refresh = refresh

    def check(self) -> None:
        """Looks whether anything can be kept and whether all is whole, and makes the day's backup."""
        self._start(self._check())

    async def _check(self) -> None:
        refusal = await self._backend.call(_refusal)
        if refusal is not None:
            self._session.set_read_only()
            sentence = self.tr("Here you can only look: nothing new can be kept.")
            self._notice(NoticeKind.WARNING, f"{refusal.user_message} {sentence} {refusal.hint}")
        elif await self._backend.call(lambda services: services.care.look_after()):
            self.noticed.emit(damage_notice(self.tr("Parts of the workspace are damaged.")))

    def tell(self) -> None:
        """Asks where the workspace is, and for its backups."""
        self._start(self._tell())

    async def _tell(self) -> None:
        self.told.emit(*await self._backend.call(_facts))

    def back_up(self) -> None:
        """Makes a backup now."""
        self._start(self._back_up())

    async def _back_up(self) -> None:
        await self._backend.call(lambda services: services.care.back_up())
        await self._tell()

    def restore(self, name: str) -> None:
        """Puts a backup in place of the workspace. What was there becomes a backup."""
        self._start(self._restore(name))

    async def _restore(self, name: str) -> None:
        await self._backend.reopen(lambda care: care.restore(name))
        await self._refresh()
        self._notice(NoticeKind.GOOD, self.tr("The backup is in its place. What was there before is a backup too."))

    def repair(self) -> None:
        """Makes a new workspace of what can still be read."""
        self._start(self._repair())

    async def _repair(self) -> None:
        done = await self._backend.reopen(lambda care: care.repair())
        await self._refresh()
        text = self.tr("%1 rows are back. The damaged files are kept in %2.").replace("%1", str(done.rows))
        self._notice(NoticeKind.GOOD, text.replace("%2", done.kept))

    def tell_history(self) -> None:
        """Asks who decided what about what the window shows."""
        self._start(self._tell_history())

    async def _tell_history(self) -> None:
        report = self._session.report
        self.history_told.emit(await self._backend.call(lambda services: services.reviews.history(report)))

    # --------------------------------------------------------------------------------------------------------- matters

    def list_matters(self) -> None:
        """Asks for the matters and their documents."""
        self._start(self._list_matters())

    async def _list_matters(self) -> None:
        self.matters_listed.emit(await self._backend.call(_matters))

    def create(self, name: str) -> None:
        """Makes a matter, whose text stays on this computer, and works in it from now on."""
        self._start(self._create(name))

    def allow(self, matter: Matter, egress: Egress, endpoints: Sequence[Destination]) -> None:
        """Says where a matter's text may go."""
        self._start(self._allow(matter, egress, endpoints))

    async def _allow(self, matter: Matter, egress: Egress, endpoints: Sequence[Destination]) -> None:
        changed = await self._backend.call(
            lambda services: services.matters.change(matter, egress=egress, endpoints=endpoints)
        )
        if self._session.matter is not None and self._session.matter.id == changed.id:
            self._session.choose_matter(changed)
        await self._list_matters()

    async def _create(self, name: str) -> None:
        self._session.choose_matter(await self._backend.call(lambda services: services.matters.create(name)))
        text = self.tr(
            "Runs belong to %1 now, and its text stays on this computer; File > Matters changes that. "
            "Reviewer does not encrypt the workspace; File > Workspace says more."
        )
        self._notice(NoticeKind.INFO, text.replace("%1", name))
        await self._list_matters()

    def delete(self, matter: Matter) -> None:
        """Deletes a matter with its runs, decisions and documents, from the backups too."""
        self._start(self._delete(matter))

    async def _delete(self, matter: Matter) -> None:
        await self._backend.call(lambda services: services.matters.delete(matter))
        if self._session.matter is not None and self._session.matter.id == matter.id:
            self._session.choose_matter(None)
        await self._refresh()
        await self._list_matters()

    def pack(self, matter: Matter, path: Path, password: Secret, *, with_originals: bool) -> None:
        """Writes a matter to one file for a colleague."""
        self._start(self._pack(matter, path, password, with_originals=with_originals))

    async def _pack(self, matter: Matter, path: Path, password: Secret, *, with_originals: bool) -> None:
        async def work(services: "Services") -> None:
            content = await services.matters.pack(matter, with_originals=with_originals, password=password)
            await asyncio.to_thread(_write, path, content)

        await self._backend.call(work)
        self._notice(NoticeKind.GOOD, self.tr("%1 is written.").replace("%1", path.name))

    def take_in(self, path: Path, password: Secret) -> None:
        """Adds a colleague's file to the workspace."""
        self._start(self._take_in(path, password))

    async def _take_in(self, path: Path, password: Secret) -> None:
        content = await self._backend.call(lambda _: asyncio.to_thread(_read, path))
        done = await self._backend.call(lambda services: services.matters.take_in(content, password))
        await self._refresh()
        await self._list_matters()
        self._session.choose_matter(done.matter)
        text = self.tr("%1: %2 new runs, %3 new decisions.").replace("%1", done.matter.name)
        text = text.replace("%2", str(done.unpacked.runs)).replace("%3", str(done.unpacked.decisions))
        if done.conflicts:
            text += " " + self.tr("%1 findings are seen differently: see their history.")
            text = text.replace("%1", str(len(done.conflicts)))
        self._notice(NoticeKind.WARNING if done.conflicts else NoticeKind.GOOD, text)

    def _notice(self, kind: NoticeKind, text: str) -> None:
        self.noticed.emit(Notice(kind, text))


def damage_notice(sentence: str) -> Notice:
    """That the workspace is damaged, with its repair."""
    text = _translated(
        QT_TRANSLATE_NOOP("Workspace", "What can still be read, and the newest backup, can be put into a new one.")
    )
    repair = _translated(QT_TRANSLATE_NOOP("Workspace", "Repair…"))
    return Notice(NoticeKind.DANGER, f"{sentence} {text}", repair, "repair")


def _translated(text: str) -> str:
    return QCoreApplication.translate("Workspace", text)


async def _facts(services: "Services") -> "tuple[Place, tuple[BackupInfo, ...]]":
    return await services.care.place(), await services.care.backups()


async def _refusal(services: "Services") -> ReviewerError | None:
    return services.refusal


async def _matters(services: "Services") -> list[tuple[Matter, tuple[Turn, ...]]]:
    found = await services.matters.list_matters()
    return [(each, await services.matters.documents(each.id)) for each in found]


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            "unwritable", f"{path} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "unreadable", f"{path} cannot be opened: {error.strerror}.", "Check that you may read it."
        ) from error
