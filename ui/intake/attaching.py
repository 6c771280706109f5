"""Files on their way into the draft: made ready by one worker, kept by another, shown when they are on the disk."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from kelurahan_client.errors import LaporError
from kelurahan_client.services import draft_files
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.draft_files import DraftFile
from ui import made_ready
from ui.files_told import FilesTold
from ui.frame.page import Notify
from ui.language import sentences
from ui.made_ready import Prepared
from ui.tasks import Tasks
from ui.theme.icons import Icon

THUMBNAIL = 64  # pixels, drawn at half of it on a usual screen


class Attacher(QObject):
    """The files of the form's draft. `hold_draft` makes sure that there is a draft, and gives its id.

    `changed` carries the files in their order, `pictured` (hash, QImage) a small picture of one, `busy` how many are
    under way, `said` what became of those that came together, and which were refused and why; `failed` a LaporError.
    """

    changed = Signal(object)
    pictured = Signal(str, object)
    busy = Signal(int)
    said = Signal(str, str)
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, desk: Desk, notify: Notify, hold_draft: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._hold_draft = hold_draft
        self._draft_id: str | None = None
        self._under_way = 0
        self._after: Callable[[], None] | None = None
        self._pictured: set[str] = set()
        self._names: list[str] = []
        self._told = FilesTold()
        self.failed.connect(lambda error: self.said.emit("", sentences(error)))

    def is_busy(self) -> bool:
        """Whether a file is under way, not on the disk yet."""
        return self._under_way > 0

    def follow(self, draft_id: str | None) -> None:
        """Another draft is in the form; None: an empty one."""
        self._draft_id = draft_id
        self._after = None
        self.said.emit("", "")
        self._show(())
        self._reload()

    def after(self, action: Callable[[], None]) -> None:
        """Do something when no file is under way, at once if none is; not at all if one of them fails."""
        if self._under_way:
            self._after = action
        else:
            action()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files by their place."""
        for path in paths:
            self._begin(partial(made_ready.read_file, path))

    def add_image(self, image: QImage, name: str) -> None:
        """Add a picture that is no file."""
        self._begin(partial(made_ready.prepared_image, name, image.copy()))

    def take(self, mime: QMimeData, *, over_text: bool) -> bool:
        """Add what was dropped or pasted; False where there is nothing to add. Into a text field a text goes first."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
            return True
        if mime.hasImage() and not (over_text and mime.hasText()):
            image = QImage(mime.imageData())
            if not image.isNull():
                self.add_image(image, _pasted_name(self._names))
                return True
        return False

    def remove(self, file: DraftFile) -> None:
        """Take a file out, with a way back."""
        draft_id = self._draft_id

        def undo() -> None:
            self._tasks.database(
                partial(draft_files.restore, self._desk, file.id),
                lambda _file: self._reload(),
                failed=self.failed.emit,
                owner=self,
            )

        def removed(_none: None) -> None:
            self._reload()
            if draft_id == self._draft_id:
                self._notify(self.tr("{name} dikeluarkan.").format(name=file.name), undo=undo, icon=Icon.TRASH)

        self._tasks.database(
            partial(draft_files.remove, self._desk, file.id), removed, failed=self.failed.emit, owner=self
        )

    def _begin(self, work: Callable[[], Prepared]) -> None:
        draft_id = self._hold_draft()
        self._draft_id = draft_id
        self._count(1)
        self._tasks.paper(work, partial(self._ready, draft_id), failed=self._refused, owner=self)

    def _ready(self, draft_id: str, made: Prepared) -> None:
        self._tasks.database(
            partial(draft_files.add, self._desk, draft_id, made.name, made.content),
            lambda file: self._kept(made, file),
            failed=self._refused,
            owner=self,
        )

    def _kept(self, made: Prepared, file: DraftFile) -> None:
        if file.draft_id == self._draft_id:
            self._told.kept(made, file.name)
            self._reload()
        self._count(-1)

    def _refused(self, error: LaporError) -> None:
        self._after = None
        self._told.refused(error)
        self.failed.emit(error)
        self._count(-1)

    def _count(self, more: int) -> None:
        if not self._under_way:
            self._told.begin()
        self._under_way += more
        self.busy.emit(self._under_way)
        if not self._under_way:
            self.said.emit(self._told.remarks(), self._told.refusals())
        if not self._under_way and self._after is not None:
            action, self._after = self._after, None
            action()

    def _reload(self) -> None:
        draft_id = self._draft_id
        if draft_id is not None:
            self._tasks.database(
                partial(draft_files.of_draft, self._desk, draft_id),
                lambda files: self._show(tuple(files)) if draft_id == self._draft_id else None,
                failed=self.failed.emit,
                owner=self,
            )

    def _show(self, files: tuple[DraftFile, ...]) -> None:
        self._names = [file.name for file in files]
        self.changed.emit(files)
        for file in files:
            if file.media_type != "application/pdf" and file.sha256 not in self._pictured:
                self._pictured.add(file.sha256)
                work = partial(_thumbnail, self._desk, file)
                done = partial(self.pictured.emit, file.sha256)
                self._tasks.paper(work, done, failed=lambda _error: None, owner=self)  # then its icon stays


def _pasted_name(before: Sequence[str]) -> str:
    """A name for a picture of the clipboard; another one for each, so that they can be told apart."""
    tr = partial(QCoreApplication.translate, "Attacher")
    number = 1 + sum(name.startswith(tr("tempelan")) for name in before)
    return tr("tempelan {n}.jpg").format(n=number) if number > 1 else tr("tempelan.jpg")


def _thumbnail(desk: Desk, file: DraftFile) -> QImage:
    return made_ready.thumbnail(draft_files.content(desk, file), THUMBNAIL)
