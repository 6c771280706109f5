"""Files of the complaint in the pane: shown small, opened, copied out, fetched, added."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.errors import LaporError
from kelurahan_client.services import attachments
from kelurahan_client.services.desk import Desk
from ui.frame.page import Notify
from ui.register.attachment_strip import THUMB, AttachmentStrip, Thumb
from ui.register.commands import Shown, Writer
from ui.register.detail_view import DetailView
from ui.register.files import ChooseCopy, ChooseFiles, choose_copy, choose_files
from ui.register.pictures import pages, thumbnail
from ui.register.viewer import WIDTH, Viewer
from ui.tasks import Tasks
from ui.theme.theme import Theme


class Attaching(QObject):
    """`written`: a file was added or fetched, ask again."""

    written = Signal()

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, writer: Writer, view: DetailView, shown: Shown, notify: Notify
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._writer = writer
        self._view = view
        self._shown = shown
        self._notify = notify
        self.choose_files: ChooseFiles = choose_files
        self.choose_copy: ChooseCopy = choose_copy
        self.viewer: Viewer | None = None
        strip: AttachmentStrip = view.facts.strip
        strip.opened.connect(self.open)
        strip.saved.connect(self.save)
        strip.fetched.connect(self.fetch)
        view.foot.attach_asked.connect(self._choose)
        view.dropped.connect(self.attach)

    def show_files(self, files: Sequence[Attachment]) -> None:
        """Show the files of the complaint; their pictures come when a worker has made them."""
        side = self._theme.px(THUMB.width()) * 2
        for thumb in self._view.facts.show_files(files):
            work = partial(thumbnail, self._desk, thumb.item, QSize(side, side))
            self._tasks.paper(work, partial(_put, thumb), failed=lambda _error: None, owner=self)

    def attach(self, paths: Sequence[Path]) -> None:
        """Add files to the complaint, one after the other; a refusal says which and why, the others are kept."""
        if (complaint := self._shown.complaint()) is not None and paths:
            work = partial(_attach_all, self._desk, complaint.id, list(paths))
            self._writer.run(work, self._attached, self._view.error.show_error)

    def open(self, item: Attachment) -> None:
        """Show a file at full size."""
        show = partial(self._show_pages, item)
        work = partial(pages, self._desk, item, WIDTH)
        self._tasks.paper(work, show, failed=self._view.error.show_error, owner=self)

    def save(self, item: Attachment) -> None:
        """Write a copy in clear where the person says."""
        target = self.choose_copy(self._view, item.name)
        if target is not None:
            done = partial(self._say, self.tr("Salinan tersimpan sebagai {name}.").format(name=target.name))
            work = partial(attachments.save, self._desk, item.sha256, target)
            self._tasks.paper(work, done, failed=self._view.error.show_error, owner=self)

    def fetch(self, item: Attachment) -> None:
        """Bring the bytes from the centre."""
        self._notify(self.tr("Mengambil {name} dari server kota…").format(name=item.name), None)
        work = partial(_fetch, self._desk, item.sha256)
        self._tasks.network(work, self._fetched, failed=self._view.error.show_error, owner=self)

    def _choose(self) -> None:
        self.attach(self.choose_files(self._view))

    def _attached(self, done: "tuple[int, LaporError | None]") -> None:
        added, error = done
        if added:
            self.written.emit()
            self._notify(self.tr("{n} berkas dilampirkan.").format(n=added), None)
        if error is not None:
            self._view.error.show_error(error)

    def _fetched(self, _nothing: None) -> None:
        self.written.emit()
        self._notify(self.tr("Lampiran sudah ada di komputer ini."), None)

    def _show_pages(self, item: Attachment, found: list[QImage]) -> None:
        self.viewer = Viewer(self._theme, item, found, self._view)
        self.viewer.saved.connect(self.save)
        self.viewer.show()

    def _say(self, text: str, _nothing: object) -> None:
        self._notify(text, None)


def _put(thumb: Thumb, image: QImage | None) -> None:
    if isValid(thumb):
        thumb.show_image(image)


# Run by the workers.


def _attach_all(desk: Desk, complaint_id: str, paths: Sequence[Path]) -> tuple[int, LaporError | None]:
    added, refused = 0, None
    for path in paths:
        try:
            attachments.attach(desk, complaint_id, path)
            added += 1
        except LaporError as error:
            refused = error
    return added, refused


def _fetch(desk: Desk, sha256: str, _report: Callable[[None], None], cancelled: Callable[[], bool]) -> None:
    from sync import blobs  # noqa: PLC0415  # requests costs 100 ms that no start need pay
    from sync.transport import opened_transport  # noqa: PLC0415

    with opened_transport(desk) as transport:
        blobs.fetch(desk, transport, sha256, cancelled=cancelled)
