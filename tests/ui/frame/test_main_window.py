"""The frame: every page by key, badges, the way back, and what is asked before closing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.errors import Offline
from ui.frame.key_sheet import KeySheet
from ui.frame.page import Page, PageSpec, Section
from ui.frame.top_bar import Avatar
from ui.language import Language
from ui.main_window import MainWindow
from ui.theme.icons import Icon
from ui.theme.theme import Mode, Theme
from ui.widgets.connection import ConnectionState, Link
from ui.widgets.editors import LineEdit
from ui.widgets.notices import Banner


class Recorder(Page):
    """Remembers what the frame told it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = LineEdit(theme)
        QVBoxLayout(self).addWidget(self.field)
        self.activated: list[dict[str, object]] = []
        self.kinds: list[frozenset[str]] = []
        self.closable = True
        self.steps = 0

    def activate(self, **arguments: object) -> None:
        self.activated.append(arguments)

    def reload(self, kinds: frozenset[str]) -> None:
        self.kinds.append(kinds)

    def search_focus(self) -> None:
        self.field.setFocus()

    def may_close(self) -> bool:
        return self.closable

    def go_back(self) -> bool:
        self.steps -= 1
        return self.steps >= 0


class Memory:
    """Keeps the window's place in a variable."""

    def __init__(self, kept: bytes = b"") -> None:
        self.kept = kept

    def geometry(self) -> bytes:
        return self.kept

    def keep_geometry(self, geometry: bytes) -> None:
        self.kept = geometry

    def keep_mode(self, mode: Mode) -> None:
        raise AssertionError(mode)

    def keep_scale(self, scale: int) -> None:
        raise AssertionError(scale)

    def language(self) -> Language:
        return Language.INDONESIAN

    def keep_language(self, language: Language) -> None:
        raise AssertionError(language)


class Frame:
    """A window with four recording pages; the last is made when first shown."""

    def __init__(self, theme: Theme, memory: Memory | None = None) -> None:
        self.pages = {key: Recorder(theme) for key in ("home", "intake", "register", "settings")}
        self.made: list[str] = []

        def lazily() -> Page:
            self.made.append("settings")
            return self.pages["settings"]

        self.window = MainWindow(
            theme,
            [
                PageSpec("home", "Beranda", Icon.HOME, self.pages["home"]),
                PageSpec("intake", "Pengaduan baru", Icon.NEW, self.pages["intake"], "F2"),
                PageSpec("register", "Daftar", Icon.LIST, self.pages["register"], "F3"),
                PageSpec("settings", "Pengaturan", Icon.SETTINGS, lazily, section=Section.SETTINGS),
            ],
            memory,
        )
        self.window.bind_keys()


@pytest.fixture
def frame(theme: Theme, qtbot: QtBot) -> Frame:
    frame = Frame(theme)
    qtbot.addWidget(frame.window)
    frame.window.show_page("home")
    frame.window.show()
    frame.window.activateWindow()
    qtbot.waitUntil(frame.window.isActiveWindow)
    return frame


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window, key, modifier)


def test_a_page_behind_cannot_take_the_keyboard_from_whoever_types(frame: Frame, qtbot: QtBot) -> None:
    front, behind = frame.pages["intake"].field, frame.pages["home"].field
    frame.window.show_page("intake")
    front.setFocus()
    behind.setFocus()  # what an answer does that comes when its page is not in front any more
    qtbot.keyClicks(frame.window.focusWidget(), "lampu")
    assert (front.text(), behind.text()) == ("lampu", "")
    front.clearFocus()
    behind.setFocus()
    assert not behind.hasFocus()
    frame.window.show_page("home")
    behind.setFocus()
    assert behind.hasFocus()


def test_pages_are_reached_by_their_keys(frame: Frame, qtbot: QtBot) -> None:
    window = frame.window
    seen: list[str] = []
    window.page_changed.connect(seen.append)
    press(qtbot, window, Qt.Key.Key_F2)
    press(qtbot, window, Qt.Key.Key_1, ctrl=True)
    press(qtbot, window, Qt.Key.Key_4, ctrl=True)
    press(qtbot, window, Qt.Key.Key_F3)
    assert seen == ["intake", "home", "settings", "register"]
    assert window.pages.current() == "register"
    assert frame.pages["register"].field.hasFocus()
    assert window.rail.button("register").isChecked()
    assert not window.rail.button("home").isChecked()


def test_keys_of_pages_that_do_not_exist_do_nothing(frame: Frame, qtbot: QtBot) -> None:
    press(qtbot, frame.window, Qt.Key.Key_F4)
    press(qtbot, frame.window, Qt.Key.Key_7, ctrl=True)
    assert frame.window.pages.current() == "home"
    frame.window.set_badge("conflicts", 3)


def test_page_is_made_when_first_shown_and_told_its_arguments(frame: Frame) -> None:
    assert frame.made == []
    frame.window.show_page("settings", section="printer")
    frame.window.show_page("settings")
    assert frame.made == ["settings"]
    assert frame.pages["settings"].activated == [{"section": "printer"}, {}]


def test_rail_is_pressed_with_mouse_or_keyboard(frame: Frame, qtbot: QtBot) -> None:
    qtbot.mouseClick(frame.window.rail.button("intake"), Qt.MouseButton.LeftButton)
    assert frame.window.pages.current() == "intake"
    qtbot.keyClick(frame.window.rail.button("register"), Qt.Key.Key_Return)
    assert frame.window.pages.current() == "register"


def test_escape_goes_back_within_the_page_then_to_the_page_before(frame: Frame, qtbot: QtBot) -> None:
    window = frame.window
    window.show_page("register")
    frame.pages["register"].steps = 1
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.pages.current() == "register"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.pages.current() == "home"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.pages.current() == "home"


def test_f9_and_the_chip_ask_for_exchange_and_outbox(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.window.exchange_requested):
        press(qtbot, frame.window, Qt.Key.Key_F9)
    with qtbot.waitSignal(frame.window.outbox_requested):
        qtbot.mouseClick(frame.window.chip, Qt.MouseButton.LeftButton)


def test_sheet_of_keys_opens_and_lists_the_pages(frame: Frame, qtbot: QtBot) -> None:
    press(qtbot, frame.window, Qt.Key.Key_Question)
    (sheet,) = frame.window.findChildren(KeySheet)
    assert sheet.isVisible()
    assert ("Pengaduan baru", "F2") in sheet.rows()
    assert ("Daftar", "Ctrl+3") in sheet.rows()
    assert any(key == "F9" for _, key in sheet.rows())
    sheet.reject()


def test_question_mark_in_a_field_is_only_typed(frame: Frame, qtbot: QtBot) -> None:
    field = frame.pages["home"].field
    field.setFocus()
    qtbot.keyClicks(field, "Benar?")
    assert field.text() == "Benar?"
    assert frame.window.findChildren(KeySheet) == []


def test_no_key_is_bound_twice(frame: Frame) -> None:
    assert frame.window.findChildren(QAction) == []
    keys = [shortcut.key().toString() for shortcut in _shortcuts(frame.window)]
    assert len(keys) == len(set(keys))


def _shortcuts(window: MainWindow) -> list[QShortcut]:
    return window.findChildren(QShortcut)


def test_top_bar_and_badges_say_what_they_are_told(frame: Frame) -> None:
    window = frame.window
    window.top_bar.set_office("Kelurahan Alalak Selatan", "Kec. Banjarmasin Utara", "A")
    window.top_bar.set_officer("H. Syahrani, S.AP", "Lurah")
    window.chip.set_state(ConnectionState(Link.OFFLINE, unsent=12))
    window.set_badge("register", 3)
    assert window.top_bar.words() == (
        "Kelurahan Alalak Selatan", "Kec. Banjarmasin Utara · Loket A", "H. Syahrani, S.AP", "Lurah"
    )  # fmt: skip
    assert window.chip.text() == "Luring · 12 belum terkirim"
    assert window.rail.button("register").badge() == 3
    assert window.rail.button("register").accessibleName() == "Daftar, 3 menunggu"
    window.set_badge("register", 0)
    assert window.rail.button("register").accessibleName() == "Daftar"


@pytest.mark.parametrize(
    ("name", "letter"), [("Norhasanah", "N"), ("H. Syahrani, S.AP", "S"), ("", ""), ("H.", "H"), ("ahmad", "A")]
)
def test_avatar_shows_the_name_not_the_title(theme: Theme, qtbot: QtBot, name: str, letter: str) -> None:
    avatar = Avatar(theme, name)
    qtbot.addWidget(avatar)
    assert avatar.letter() == letter


def test_only_pages_that_were_shown_reload(frame: Frame) -> None:
    frame.window.show_page("register")
    frame.window.pages.reload(frozenset({"complaint"}))
    assert frame.pages["register"].kinds == [frozenset({"complaint"})]
    assert frame.pages["home"].kinds == [frozenset({"complaint"})]
    assert frame.pages["intake"].kinds == []


def test_undo_in_the_bottom_line(frame: Frame) -> None:
    undone: list[str] = []
    frame.window.telling.say("Impor dibatalkan.", lambda: undone.append("ya"))
    assert frame.window.telling.snack.text() == "Impor dibatalkan."
    frame.window.telling.snack.action().click()
    assert undone == ["ya"]


def test_bottom_line_goes_with_its_page_and_its_undo_too(frame: Frame, qtbot: QtBot) -> None:
    undone: list[str] = []
    frame.window.show_page("intake")
    frame.window.telling.say("Siti Rahmah dikeluarkan.", lambda: undone.append("ya"))
    frame.window.show_page("intake")
    assert frame.window.telling.snack.isVisible()
    qtbot.keyClick(frame.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert not frame.window.telling.snack.isVisible()
    frame.window.telling.snack.action().click()
    assert undone == []


def test_nothing_at_the_bottom_under_a_cover_nor_after_it(frame: Frame, qtbot: QtBot) -> None:
    cover = QWidget()
    qtbot.addWidget(cover)
    frame.window.telling.say("Siti Rahmah dikeluarkan.", lambda: None)
    frame.window.cover(cover)
    frame.window.telling.say("3 perubahan diterima.")
    frame.window.uncover()
    assert not frame.window.telling.snack.isVisible()
    assert not frame.window.telling.snack._key.isEnabled()


def test_error_stands_above_the_page_until_another_is_shown(frame: Frame) -> None:
    frame.window.telling.show_error(Offline("Server tidak menjawab."))
    banner = frame.window.findChild(Banner)
    assert banner is not None
    assert banner.isVisible()
    frame.window.show_page("intake")
    assert not banner.isVisible()


def test_page_may_refuse_to_close(frame: Frame) -> None:
    frame.window.show_page("intake")
    frame.window.show_page("home")
    frame.pages["intake"].closable = False
    assert not frame.window.close()
    assert frame.window.pages.current() == "intake"
    frame.pages["intake"].closable = True
    assert frame.window.close()


def test_place_of_the_window_is_kept(theme: Theme, qtbot: QtBot) -> None:
    memory = Memory()
    first = Frame(theme, memory).window
    qtbot.addWidget(first)
    first.resize(1366, 640)
    first.show()
    first.close()
    assert memory.kept
    second = Frame(theme, memory).window
    qtbot.addWidget(second)
    # The width is cut to the screen that the tests run on.
    assert second.height() == first.height() == 640


def test_damaged_place_is_ignored(theme: Theme, qtbot: QtBot) -> None:
    window = Frame(theme, Memory(b"rusak")).window
    qtbot.addWidget(window)
    fresh = Frame(theme).window
    qtbot.addWidget(fresh)
    assert window.size() == fresh.size()


def test_every_control_of_the_frame_has_a_name(frame: Frame, qapp: QApplication) -> None:
    nameless = [
        type(child).__name__
        for child in frame.window.findChildren(QWidget)
        if child.isVisible()
        and child.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not child.accessibleName()
        and not isinstance(child, LineEdit)
    ]
    assert nameless == []


def test_a_small_screen_has_room_for_the_window(frame: Frame) -> None:
    room = frame.window.screen().availableSize()
    least = frame.window.minimumSize()
    assert least.height() <= 600 - 32 - 40  # a title bar and a taskbar
    assert frame.window.width() <= max(room.width(), least.width())
    assert frame.window.height() < max(room.height(), least.height())
