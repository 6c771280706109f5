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
from ui.files_told import FilesTold
from ui.frame.page import Notify
from ui.language import sentences
from ui.made_ready import Prepared, read_file
from ui.register.attachment_strip import THUMB, AttachmentStrip, Thumb
from ui.register.commands import Shown, Writer
from ui.register.detail_view import DetailView
from ui.register.files import ChooseCopy, ChooseFiles, choose_copy, choose_files
from ui.register.pictures import pages, thumbnail
from ui.register.viewer import WIDTH, Viewer
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme

_NAMED = 2  # files that a line at the bottom has room for


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
        """Make files ready and add them to the complaint; a refusal says which and why, the others are kept."""
        if (complaint := self._shown.complaint()) is not None and paths:
            self._notify(self.tr("Menyiapkan {count} berkas…").format(count=len(paths)), icon=Icon.ATTACH)
            then = partial(self._add, complaint.id)
            self._tasks.paper(partial(_ready, list(paths)), then, failed=self._view.error.show_error, owner=self)

    def open(self, item: Attachment) -> None:
        """Show a file at full size."""
        show = partial(self._show_pages, item)
        work = partial(pages, self._desk, item, WIDTH)
        self._tasks.paper(work, show, failed=self._view.error.show_error, owner=self)

    def save(self, item: Attachment) -> None:
        """Write a copy in clear where the person says."""
        target = self.choose_copy(self._view, item.name)
        if target is not None:
            done = partial(self._saved, self.tr("Salinan tersimpan sebagai {name}.").format(name=target.name))
            work = partial(attachments.save, self._desk, item.sha256, target)
            self._tasks.paper(work, done, failed=self._not_saved, owner=self)

    def fetch(self, items: Sequence[Attachment]) -> None:
        """Bring their bytes from the centre."""
        names = ", ".join(item.name for item in items[:_NAMED]) + (", …" if len(items) > _NAMED else "")
        self._notify(self.tr("Mengambil {name} dari server kota…").format(name=names), None)
        work = partial(_fetch, self._desk, [item.sha256 for item in items])
        self._tasks.network(work, self._fetched, failed=self._not_fetched, owner=self)

    def _choose(self) -> None:
        self.attach(self.choose_files(self._view))

    def _add(self, complaint_id: str, found: "tuple[list[Prepared], FilesTold]") -> None:
        made, told = found
        work = partial(_attach_all, self._desk, complaint_id, made, told)
        self._writer.run(told, work, partial(self._attached, told), self._view.error.show_error)

    def _attached(self, told: FilesTold, added: int) -> None:
        if added:
            self.written.emit()
            words = self.tr("{n} berkas dilampirkan.").format(n=added)
            self._notify(f"{words} {told.remarks()}".strip(), None)
        else:
            self._notify(self.tr("Tidak ada berkas yang dilampirkan."), icon=Icon.ATTACH)
        if told.refusals():
            beginning, _, rest = told.refusals().partition("\n")
            self._view.error.set_words(beginning, rest)
            self._view.error.show()

    def _fetched(self, _nothing: None) -> None:
        self.written.emit()
        self._notify(self.tr("Lampiran sudah ada di komputer ini."), None)

    def _not_fetched(self, error: LaporError) -> None:
        self._view.error.show_error(error)
        self.written.emit()  # some may have come before

    def _show_pages(self, item: Attachment, found: list[QImage]) -> None:
        self.viewer = Viewer(self._theme, item, found, self._view)
        self.viewer.saved.connect(self.save)
        self.viewer.show()

    def _saved(self, text: str, _nothing: object) -> None:
        self._notify(text, None)
        self._say_before(text)

    def _not_saved(self, error: LaporError) -> None:
        self._view.error.show_error(error)
        self._say_before(sentences(error))

    def _say_before(self, text: str) -> None:
        """Also in the window of the file, where there is one: it stands before everything else."""
        if self.viewer is not None and isValid(self.viewer):
            self.viewer.say(text)


def _put(thumb: Thumb, image: QImage | None) -> None:
    if isValid(thumb):
        thumb.show_image(image)


# Run by the workers.


def _ready(paths: Sequence[Path]) -> tuple[list[Prepared], FilesTold]:
    made, told = [], FilesTold()
    for path in paths:
        try:
            made.append(read_file(path))
        except LaporError as error:
            told.refused(error)
    return made, told


def _attach_all(desk: Desk, complaint_id: str, files: Sequence[Prepared], told: FilesTold) -> int:
    added = 0
    for made in files:
        try:
            kept = attachments.attach_content(desk, complaint_id, made.name, made.content)
        except LaporError as error:
            told.refused(error)
        else:
            told.kept(made, kept.name)
            added += 1
    return added


def _fetch(desk: Desk, hashes: Sequence[str], _report: Callable[[None], None], cancelled: Callable[[], bool]) -> None:
    from sync import blobs  # noqa: PLC0415  # requests costs 100 ms that no start need pay
    from sync.transport import opened_transport  # noqa: PLC0415

    with opened_transport(desk) as transport:
        for sha256 in hashes:
            blobs.fetch(desk, transport, sha256, cancelled=cancelled)
