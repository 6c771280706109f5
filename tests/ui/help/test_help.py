"""Every page has its chapter, every picture and link exists, and the help opens, searches and closes by keyboard."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from kelurahan_client.services.desk import Desk
from tests.desk_making import clock, config, desk, desk_at, enrolled_config, enrolled_folder, reference
from tests.ui.desk_window import DeskWindow
from tests.ui.session.conftest import at_work
from ui.help.book import CONTENTS, Book
from ui.help.panel import HelpPanel
from ui.pages import specs
from ui.session import Session
from ui.theme.theme import Theme

__all__ = ["at_work", "clock", "config", "desk", "desk_at", "enrolled_config", "enrolled_folder", "reference"]

BOOK = Book(resources.path("help"))
MOST_BYTES = 1_500_000
ENGLISH = re.compile(r"\b(the|and|settings|help|save|search|page|button|cancel|print|upload|download)\b", re.IGNORECASE)


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> HelpPanel:
    made = HelpPanel(theme, BOOK)
    qtbot.addWidget(made)
    made.resize(420, 640)
    made.show_chapter(CONTENTS)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_every_page_of_the_window_has_a_chapter_of_its_own(at_work: tuple[Session, DeskWindow]) -> None:
    session, _helper = at_work
    found = {spec.key: BOOK.of_page(spec.key).key for spec in specs(session)}
    assert CONTENTS not in found.values(), found
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("page", ["day_close", "reports", "setup", "sign_in", "outbox", "usb", "paper"])
def test_what_is_not_in_the_rail_has_one_too(page: str) -> None:
    assert BOOK.of_page(page).key != CONTENTS


def test_every_picture_and_every_link_exists() -> None:
    wanted: set[str] = set()
    for chapter in BOOK.chapters():
        for words, file in chapter.pictures():
            assert words, f"{chapter.key}: a picture without words for those who cannot see it"
            assert not QImage(str(BOOK.folder / file)).isNull(), f"{chapter.key}: {file}"
            wanted.add(Path(file).name)
        for link in chapter.links():
            assert BOOK.has(link.removesuffix(".md")), f"{chapter.key}: {link}"
    assert wanted == {file.name for file in (BOOK.folder / "pictures").glob("*.png")}


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in (BOOK.folder / "pictures").iterdir()) < MOST_BYTES


def test_every_chapter_is_reached_from_the_contents_and_the_printed_index() -> None:
    linked = {link.removesuffix(".md") for link in BOOK.chapter(CONTENTS).links()}
    everything = {chapter.key for chapter in BOOK.chapters()} - {CONTENTS}
    assert everything <= linked
    index = (Path(resources.path()).parent / "docs" / "panduan" / "README.md").read_text("utf-8")
    for key in everything:
        assert f"resources/help/{key}.md" in index


@pytest.mark.parametrize("chapter", BOOK.chapters(), ids=lambda chapter: chapter.key)
def test_it_is_written_for_clerks(chapter: object) -> None:
    text = getattr(chapter, "plain", "")
    assert len(text) > 300
    assert not ENGLISH.findall(text)


@pytest.mark.parametrize(
    ("typed", "chapter"),
    [("sandi proxy", "pengaturan"), ("STIK usb", "usb"), ("dua pelapor zzz", ""), ("pin", "masuk")],
)
def test_the_search_finds_chapters(typed: str, chapter: str) -> None:
    hits = BOOK.search(typed)
    assert [hit.chapter.key for hit in hits[:1]] == ([chapter] if chapter else [])
    for hit in hits:
        assert typed.lower().split()[0] in hit.around.lower()


def test_nothing_is_found_for_nothing() -> None:
    assert BOOK.search("  ") == []


def test_a_link_is_followed_and_alt_left_comes_back(panel: HelpPanel) -> None:
    panel.browser.anchorClicked.emit(QUrl("daftar.md"))
    assert panel.chapter() == "daftar"
    panel.browser.anchorClicked.emit(QUrl("https://example.org/daftar.html"))
    assert panel.chapter() == "daftar"
    QTest.keyClick(panel.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert panel.chapter() == CONTENTS
    assert not panel.back.isEnabled()


def test_the_search_by_keyboard(panel: HelpPanel) -> None:
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "tanda terima")
    assert "Ditemukan" in panel.browser.toPlainText()
    assert "Mencetak tanda terima dan surat" in panel.browser.toPlainText()
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert panel.chapter() == "cetak"
    assert panel.search.text() == ""
    QTest.keyClicks(panel.search, "zzzz")
    assert "Coba satu kata saja" in panel.browser.toPlainText()
    assert panel.go_back()
    assert "Ukuran" in panel.browser.toPlainText()


def test_pictures_are_as_wide_as_the_panel_and_it_begins_at_the_top(panel: HelpPanel) -> None:
    panel.show_chapter("beranda")
    document = panel.browser.document()
    picture = document.find("\ufffc").charFormat().toImageFormat()
    assert 0 < picture.width() <= panel.browser.viewport().width()
    assert panel.browser.verticalScrollBar().value() == 0
    panel.resize(900, 640)
    QApplication.processEvents()
    assert document.find("\ufffc").charFormat().toImageFormat().width() > picture.width()
    assert panel.browser.verticalScrollBar().value() == 0


def test_f1_tells_of_the_page_in_front_and_esc_gives_the_focus_back(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    window = session.window
    window.resize(1600, 800)
    window.show_page("register")
    helper.settle()
    window.pages.page("register").search_focus()
    before = QApplication.focusWidget()
    QTest.keyClick(window, Qt.Key.Key_F1)
    panel = window.help.panel
    assert panel.isVisible()
    assert panel.chapter() == "daftar"
    assert panel.browser.hasFocus()
    assert window.pages.isVisible()
    window.show_page("settings")
    helper.settle()
    assert panel.chapter() == "pengaturan"
    window.show_page("register")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert window.pages.current() == "register"
    assert QApplication.focusWidget() is before


def test_f1_twice_closes_it(at_work: tuple[Session, DeskWindow]) -> None:
    session, _helper = at_work
    QTest.keyClick(session.window, Qt.Key.Key_F1)
    QTest.keyClick(session.window, Qt.Key.Key_F1)
    assert not session.window.help.panel.isVisible()


def test_in_a_small_window_it_takes_the_pages_room_and_gives_it_back(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    window = session.window
    window.resize(1024, 600)
    helper.settle()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not window.pages.isVisible()
    window.show_page("settings")
    helper.settle()
    assert window.pages.isVisible()
    assert not window.help.panel.isVisible()


def test_the_help_fetches_nothing(panel: HelpPanel) -> None:
    for name in ("https://example.org/x.png", "pictures/../../reference/agencies.csv", "file:///etc/hostname"):
        found = panel.browser.loadResource(2, QUrl(name))
        assert found is None or found.isNull()


def test_the_look_follows_the_theme(panel: HelpPanel, theme: Theme, desk: Desk) -> None:
    panel.show_chapter("konflik")
    theme.changed.emit()
    assert "Konflik terjadi" in panel.browser.toPlainText()
