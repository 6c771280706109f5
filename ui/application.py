"""Start Qt for this program: names, language, look, and what happens when we made a mistake."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kelurahan_client import __version__
from ui.language import Language, speak
from ui.theme.style import apply_theme
from ui.theme.theme import Mode, Theme

APPLICATION_NAME = "Lapor Kelurahan"


def create_application(argv: Sequence[str], language: Language = Language.INDONESIAN) -> QApplication:
    """The one QApplication, named, in Qt's Fusion style; `argv` begins with the program's name."""
    # Named as an argument, for `setStyle` hands the style back to Python: its class of 600 names takes 8 ms to make.
    app = QApplication([*argv, "-style", "Fusion"])
    app.setOrganizationName("Pemerintah Kota Banjarmasin")
    app.setApplicationName(APPLICATION_NAME)
    app.setApplicationDisplayName(APPLICATION_NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("lapor-kelurahan")
    speak(app, language)
    return app


def dress(app: QApplication, mode: Mode = Mode.SYSTEM, scale: int = 100) -> Theme:
    """Give `app` its look; the theme is handed to every window and page."""
    theme = Theme(mode, scale, parent=app)
    apply_theme(app, theme)
    QTimer.singleShot(0, app, lambda: _mark(app, theme))  # the window need not wait for it
    return theme


def _mark(app: QApplication, theme: Theme) -> None:
    from ui.theme.mark_icon import mark_icon  # noqa: PLC0415

    app.setWindowIcon(mark_icon(theme))
