"""The form's attachments put together: box, controller, file dialog, clipboard, scanner, and what is dropped."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kelurahan_client.services.desk import Desk
from ui.frame.page import Notify
from ui.intake.attaching import Attacher
from ui.intake.attachment_box import AttachmentBox
from ui.intake.choosing import ChooseFiles, ChooseFolder, choose_files, choose_folder
from ui.intake.scan_popup import ScanPopup, keep_folder
from ui.tasks import Tasks
from ui.theme.theme import Theme


class Attachments(QObject):
    """What the page needs of them; `page` gets the keys, and the dialogs as their parent."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        notify: Notify,
        hold_draft: Callable[[], str],
        box: AttachmentBox,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._page = page
        self._popup: ScanPopup | None = None
        self._box = box
        self.choose_files: ChooseFiles = choose_files
        self.choose_folder: ChooseFolder = choose_folder
        self.attacher = Attacher(tasks, desk, notify, hold_draft, self)
        self.attacher.changed.connect(box.show_files)
        self.attacher.pictured.connect(box.show_picture)
        self.attacher.busy.connect(box.show_busy)
        self.attacher.said.connect(box.say)
        box.removal_wanted.connect(self.attacher.remove)
        box.files_wanted.connect(self.pick_files)
        box.paste_wanted.connect(self.paste)
        box.scans_wanted.connect(self.open_scans)
        for key, action in (("Ctrl+O", self.pick_files), ("Ctrl+D", self.open_scans)):
            QShortcut(QKeySequence(key), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(
                action
            )

    @property
    def scans(self) -> ScanPopup:
        """The popup of the scanner's files, made when it is first wanted."""
        if self._popup is None:
            self._popup = ScanPopup(self._theme, self._tasks, self._desk, self._page)
            self._popup.picked.connect(lambda path: self.attacher.add_paths([path]))
            self._popup.folder_wanted.connect(self._change_folder)
        return self._popup

    def pick_files(self) -> None:
        """Ask for files."""
        self.attacher.add_paths(self.choose_files(self._page))

    def paste(self) -> None:
        """Add what is in the clipboard, or say that it is nothing to attach."""
        if not self.attacher.take(QGuiApplication.clipboard().mimeData(), over_text=False):
            self._box.say(self.tr("Papan klip tidak berisi gambar atau berkas."))

    def open_scans(self) -> None:
        """Show the scanner's newest files."""
        button = self._box.button
        self.scans.open_at(button.mapToGlobal(QPoint(button.width(), -self._theme.px(4))))

    def _change_folder(self) -> None:
        folder: Path | None = self.choose_folder(self._page)
        if folder is not None:
            keep_folder(self._tasks, self._desk, folder, self.open_scans, self._page)
