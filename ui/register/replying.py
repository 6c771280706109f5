"""Texts to begin an answer with, below the box for a follow-up: those of the program, and the desk's own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from kelurahan_client.errors import LaporError
from kelurahan_client.services import own_replies
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import HalfWritten, Kind, Place
from kelurahan_client.services.reply_templates import OwnReply, Reply, replies
from ui.frame.page import Notify
from ui.register.commands import Shown
from ui.register.detail_view import DetailView
from ui.register.half_words import since_words
from ui.register.shelf import Shelf
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme


class Replying(QObject):
    """Fills the box with a chosen text, behind what stands in it; it can be changed before it is added.

    What an officer wrote in the box becomes a text of the desk's own, which can be changed and deleted.
    """

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, view: DetailView, shown: Shown, shelf: Shelf, notify: Notify
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._view = view
        self._shown = shown
        self._shelf = shelf
        self._notify = notify
        self.menu = QMenu(view)
        self.change_menu = QMenu(self.tr("Ubah contoh sendiri"), self.menu)
        self.remove_menu = QMenu(self.tr("Hapus contoh sendiri"), self.menu)
        view.foot.replies_asked.connect(self._ask)
        view.replies.kept.connect(self._keep)
        view.replies.typed.connect(self._typed)
        view.replies.left.connect(lambda name: shelf.throw_away(_place(name)))

    def _ask(self) -> None:
        if (complaint := self._shown.complaint()) is not None:
            work = partial(_all, self._desk, complaint.id)
            self._tasks.latest("register.replies", work, self._offer, failed=self._failed, owner=self)

    def _offer(self, found: tuple[list[Reply], list[OwnReply]]) -> None:
        filled, own = found
        self.menu.clear()
        for at, reply in enumerate(filled):
            if at and filled[at - 1].own and not reply.own:
                self.menu.addSeparator()
            self.menu.addAction(_plain(reply.name)).triggered.connect(partial(self._take, reply))
        self.menu.addSeparator()
        words = self.tr("Simpan tulisan ini sebagai contoh…")
        self.menu.addAction(self._theme.icon(Icon.SAVE), words).triggered.connect(self._begin)
        for text in self._shelf.about(""):
            words = since_words(text, self._desk.today())
            self.menu.addAction(self._theme.icon(Icon.EDITED), words).triggered.connect(partial(self.resume, text))
        self._fill_own(own)
        button = self._view.foot.replies
        self.menu.popup(button.mapToGlobal(QPoint(button.width() - self.menu.sizeHint().width(), button.height())))

    def _fill_own(self, own: Sequence[OwnReply]) -> None:
        for menu in (self.change_menu, self.remove_menu):
            menu.clear()
            if own:
                self.menu.addMenu(menu)
        for reply in own:
            self.change_menu.addAction(_plain(reply.name)).triggered.connect(partial(self._write, reply))
            self.remove_menu.addAction(_plain(reply.name)).triggered.connect(partial(self._remove, reply))

    def _take(self, reply: Reply) -> None:
        words = self._view.foot.words
        before = words.text().rstrip()
        words.setText(f"{before}\n{reply.text}" if before else reply.text)
        words.setFocus()

    def _begin(self) -> None:
        complaint = self._shown.complaint()
        if complaint is not None:
            work = partial(own_replies.for_others, self._desk, complaint.id, self._view.foot.words.text())
            self._tasks.database(work, lambda text: self._write(OwnReply("", text)), failed=self._failed, owner=self)

    def resume(self, text: HalfWritten) -> None:
        """Go on with a text that was begun."""
        self._write(OwnReply(text.place.part, ""))

    def _write(self, reply: OwnReply) -> None:
        """Another wording of `reply`, or a new one where it has no name; what was begun of it goes on."""
        text = self._shelf.get(_place(reply.name))
        begun = OwnReply(str(text.content["name"]), str(text.content["text"])) if text else reply
        since = since_words(text, self._desk.today()) if text else ""
        self._view.write_reply(reply, begun, since, new=not reply.name)

    def _typed(self, now: OwnReply | None, name: str) -> None:
        self._shelf.keep(_place(name), {"name": now.name, "text": now.text} if now is not None else {})

    def _keep(self, name: str, text: str, before: str) -> None:
        def kept(_all: list[OwnReply]) -> None:
            self._shelf.forget(_place(before))
            self._view.replies.dismiss()
            self._notify(self.tr("Contoh jawaban “{name}” tersimpan.").format(name=name.strip()), None)

        work = partial(own_replies.keep_reply, self._desk, name, text, before)
        self._tasks.database(work, kept, failed=lambda error: self._view.replies.refuse(str(error)), owner=self)

    def _remove(self, reply: OwnReply) -> None:
        def removed(_left: list[OwnReply]) -> None:
            undo = partial(self._bring_back, reply)
            self._notify(self.tr("Contoh jawaban “{name}” dihapus.").format(name=reply.name), undo)

        work = partial(own_replies.remove_reply, self._desk, reply.name)
        self._tasks.database(work, removed, failed=self._failed, owner=self)

    def _bring_back(self, reply: OwnReply) -> None:
        work = partial(own_replies.keep_reply, self._desk, reply.name, reply.text)
        self._tasks.database(work, failed=self._failed, owner=self)

    def _failed(self, error: LaporError) -> None:
        self._view.error.show_error(error)


def _place(name: str) -> Place:
    return Place(Kind.REPLY, part=name)


def _plain(name: str) -> str:
    return name.replace("&", "&&")


# Run by the worker.


def _all(desk: Desk, complaint_id: str) -> tuple[list[Reply], list[OwnReply]]:
    return replies(desk, complaint_id), own_replies.own_replies(desk)
