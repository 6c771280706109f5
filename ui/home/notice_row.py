"""What the city's server has to tell this office, until somebody has read it."""

from collections.abc import Sequence
from functools import partial

from kelurahan_client.services import notices
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.notices import Notice
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner

_SHOWN = 3  # the others are counted


class NoticeRow(Banner):
    """Hidden while there is nothing new; its cross says that all of it was read."""

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__(theme, icon=Icon.CENTRE, tone=Tone.AMBER, closable=True)
        self._tasks = tasks
        self._desk = desk
        self._found: Sequence[Notice] = ()
        self.closed.connect(self._read)
        self.hide()

    def ask(self) -> None:
        """Ask whether there is anything new."""
        self._tasks.latest("home.notices", partial(notices.unread, self._desk), self._show_found, owner=self)

    def _show_found(self, found: Sequence[Notice]) -> None:
        self._found = found
        texts = list(dict.fromkeys(notice.text for notice in found))
        more = len(texts) - _SHOWN
        rest = [self.tr("Dan {n} lagi.").format(n=more)] if more > 0 else []
        self.set_words(self.tr("Catatan server kota."), " ".join(texts[:_SHOWN] + rest))
        self.setVisible(bool(texts))

    def _read(self) -> None:
        if self._found:
            self._tasks.database(partial(notices.mark_read, self._desk, self._found[0].at), owner=self)
