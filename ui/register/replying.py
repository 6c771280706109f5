"""Texts to begin an answer with, below the box for a follow-up."""

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from kelurahan_client.services.desk import Desk
from kelurahan_client.services.reply_templates import Reply, replies
from ui.register.commands import Shown
from ui.register.detail_view import DetailView
from ui.tasks import Tasks


class Replying(QObject):
    """Fills the box with a chosen text, behind what stands in it; it can be changed before it is added."""

    def __init__(self, tasks: Tasks, desk: Desk, view: DetailView, shown: Shown) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._view = view
        self._shown = shown
        self.menu = QMenu(view)
        view.foot.replies_asked.connect(self._ask)

    def _ask(self) -> None:
        if (complaint := self._shown.complaint()) is not None:
            work = partial(replies, self._desk, complaint.id)
            self._tasks.latest("register.replies", work, self._offer, failed=self._view.error.show_error, owner=self)

    def _offer(self, found: list[Reply]) -> None:
        self.menu.clear()
        for reply in found:
            self.menu.addAction(reply.name).triggered.connect(partial(self._take, reply))
        button = self._view.foot.replies
        self.menu.popup(button.mapToGlobal(QPoint(button.width() - self.menu.sizeHint().width(), button.height())))

    def _take(self, reply: Reply) -> None:
        words = self._view.foot.words
        before = words.text().rstrip()
        words.setText(f"{before}\n{reply.text}" if before else reply.text)
        words.setFocus()
