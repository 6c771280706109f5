"""Chips, the bottom line, tiles, banners, progress, chart and timeline: what they say and how they are pressed."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.errors import Offline
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.bar_chart import BarChart, DayCount
from ui.widgets.bar_painter import BarPainter, FlowBar
from ui.widgets.buttons import KeyButton
from ui.widgets.chips import Chip, FilterChip
from ui.widgets.connection import ConnectionState, Link, StateChip
from ui.widgets.editors import LineEdit
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.progress import ProgressLine, StepIndicator
from ui.widgets.snack_bar import SHOWN_MS, SnackBar
from ui.widgets.status_look import status_look, sync_look
from ui.widgets.tile import Tile
from ui.widgets.timeline import Timeline, TimelineStep


@pytest.mark.parametrize(
    ("state", "text", "tone", "icon"),
    [
        (ConnectionState(Link.CONNECTED), "Tersambung · semua terkirim", Tone.GREEN, Icon.SIGNED),
        (ConnectionState(Link.CONNECTED, unsent=5), "Tersambung · 5 belum terkirim", Tone.NEUTRAL, Icon.UNSENT),
        (ConnectionState(Link.OFFLINE, unsent=1200), "Luring · 1.200 belum terkirim", Tone.NEUTRAL, Icon.OFFLINE),
        (ConnectionState(Link.SENDING, done=8, total=12), "Mengirim 8/12…", Tone.ACCENT, Icon.EXCHANGE),
        (ConnectionState(Link.NETWORK_LOGIN), "Perlu login jaringan", Tone.AMBER, Icon.NETWORK_LOGIN),
        (ConnectionState(Link.DECISIONS, decisions=3), "3 perlu keputusan", Tone.RED, Icon.CONFLICT),
    ],
)
def test_state_chip_says_it_in_word_glyph_and_colour(
    theme: Theme, qtbot: QtBot, state: ConnectionState, text: str, tone: Tone, icon: Icon
) -> None:
    chip = StateChip(theme, state)
    qtbot.addWidget(chip)
    assert chip.text() == chip.accessibleName() == text
    assert state.tone() is tone
    assert state.icon() is icon


def test_green_is_said_only_when_the_centre_signed_for_everything() -> None:
    states = [ConnectionState(link, unsent=n, decisions=1) for link in Link for n in (0, 1)]
    assert [state for state in states if state.tone() is Tone.GREEN] == [
        ConnectionState(Link.CONNECTED, unsent=0, decisions=1)
    ]
    assert [state for state in SyncState if sync_look(state).tone is Tone.GREEN] == [SyncState.ACKNOWLEDGED]
    assert {status_look(status).tone for status in Status} == {Tone.NEUTRAL}


def test_every_status_has_its_own_word_and_glyph() -> None:
    looks = [status_look(status) for status in Status]
    assert len({look.word for look in looks}) == len(looks)
    assert len({look.icon.value for look in looks}) == len(looks)


def test_state_chip_is_pressed_from_the_keyboard(theme: Theme, qtbot: QtBot) -> None:
    chip = StateChip(theme, ConnectionState(Link.OFFLINE))
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.clicked):
        qtbot.keyClick(chip, Qt.Key.Key_Space)


def test_plain_filter_is_picked_and_cleared(theme: Theme, qtbot: QtBot) -> None:
    chip = FilterChip(theme, "Terlambat")
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.picked):
        qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert not chip.is_active()
    chip.set_active("Terlambat")
    with qtbot.waitSignal(chip.cleared):
        qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.is_active()


def test_filter_with_a_menu_opens_it_and_is_cleared_by_cross_or_delete(theme: Theme, qtbot: QtBot) -> None:
    menu = QMenu()
    menu.addAction("Dinas PUPR")
    chip = FilterChip(theme, "SKPD", menu=menu)
    qtbot.addWidget(chip)
    qtbot.addWidget(menu)
    chip.resize(chip.sizeHint())
    chip.show()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert menu.isVisible()
    menu.close()
    chip.set_active("Dinas PUPR")
    chip.resize(chip.sizeHint())
    assert chip.accessibleName() == "SKPD: Dinas PUPR"
    with qtbot.waitSignal(chip.cleared):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    assert not menu.isVisible()
    assert chip.text() == "SKPD"
    chip.set_active("Dinas PUPR")
    with qtbot.waitSignal(chip.cleared):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_chip_is_as_wide_as_its_words(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Besok", Icon.DUE, Tone.AMBER)
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.set("Terlambat 12 hari", Icon.WARNING, Tone.RED)
    assert chip.accessibleName() == "Terlambat 12 hari"
    assert chip.sizeHint().width() > before


@pytest.fixture
def area(qtbot: QtBot, theme: Theme) -> QWidget:
    area = QWidget()
    field = LineEdit(theme)
    QVBoxLayout(area).addWidget(field)
    qtbot.addWidget(area)
    area.resize(800, 500)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    field.setFocus()
    return area


def test_bottom_line_undoes_once_and_never_takes_the_focus(theme: Theme, area: QWidget, qtbot: QtBot) -> None:
    snack = SnackBar(theme, area)
    undone: list[int] = []
    focused = area.focusWidget()
    snack.show_line("Status diubah menjadi Selesai.", lambda: undone.append(1))
    assert snack.isVisible()
    assert snack.action().text() == "Urungkan"
    qtbot.mouseClick(snack.action(), Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not snack.isVisible()
    assert area.focusWidget() is focused
    qtbot.mouseClick(snack.action(), Qt.MouseButton.LeftButton)
    assert undone == [1]


def test_bottom_line_goes_by_itself_and_the_undo_with_it(theme: Theme, area: QWidget) -> None:
    snack = SnackBar(theme, area)
    undone: list[int] = []
    snack.show_line("Ditambahkan.", lambda: undone.append(1))
    assert snack._timer.interval() == SHOWN_MS == 8000
    assert snack._timer.isActive()
    snack._timer.timeout.emit()
    assert not snack.isVisible()
    snack.action().click()
    assert undone == []


def test_bottom_line_without_undo_can_be_closed(theme: Theme, area: QWidget) -> None:
    snack = SnackBar(theme, area)
    snack.show_line("Jaringan putus. Pekerjaan tetap aman di komputer ini.", icon=Icon.OFFLINE)
    assert snack.action().text() == "Tutup"
    snack.action().click()
    assert not snack.isVisible()


def test_bottom_line_keeps_its_corner(theme: Theme, area: QWidget) -> None:
    snack = SnackBar(theme, area)
    snack.show_line("Ditambahkan.")
    area.resize(800, 700)
    assert snack.geometry().bottom() < 700 - theme.px(52)
    assert snack.geometry().bottom() > 700 - theme.px(52) - theme.px(20)


def test_bottom_line_never_lies_on_what_is_worked_at(theme: Theme, area: QWidget, qtbot: QtBot) -> None:
    snack = SnackBar(theme, area)
    snack.show_line("Keputusan disimpan.", lambda: None)
    here = snack.geometry()
    reason, save = LineEdit(theme), KeyButton(theme, "Simpan keputusan")
    for widget, place in ((reason, here), (save, here.translated(here.width() + theme.px(8), 0))):
        widget.setParent(area)
        widget.setGeometry(place)
        widget.show()
    snack.raise_()
    qtbot.waitUntil(lambda: not snack.geometry().intersects(reason.geometry()))  # the page came late, by an answer
    assert not snack.geometry().intersects(save.geometry())
    assert area.rect().contains(snack.geometry())
    column = [LineEdit(theme) for _ in range(20)]
    for at, field in enumerate(column):
        field.setParent(area)
        field.setGeometry(0, at * 25, 800, 25)
        field.show()
    column[17].setFocus()
    qtbot.waitUntil(lambda: not snack.geometry().intersects(column[17].geometry()))


def test_tile_tells_its_number_and_is_pressed_by_enter(theme: Theme, qtbot: QtBot) -> None:
    tile = Tile(theme, "Terlambat", Icon.WARNING)
    qtbot.addWidget(tile)
    tile.set_value("2", "keduanya di Dinas PUPR", Tone.RED)
    assert tile.accessibleName() == "Terlambat: 2"
    assert tile.accessibleDescription() == "keduanya di Dinas PUPR"
    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Qt.Key.Key_Return)


def test_banner_shows_an_error_with_its_way_out_and_number(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme, closable=True)
    qtbot.addWidget(banner)
    banner.show_error(Offline("Server tidak menjawab; isian <b>tersimpan</b>.", way_out="Coba lagi dengan F9."))
    assert banner.words() == "Jaringan terputus. Server tidak menjawab; isian <b>tersimpan</b>. Coba lagi dengan F9."
    copy = next(button for button in banner.findChildren(KeyButton) if button.text() == "Salin kode")
    copy.click()
    assert QGuiApplication.clipboard().text() == "LK-3001"
    shown = [label.text() for label in banner.findChildren(TextLabel)]
    assert any("&lt;b&gt;" in text for text in shown)


def test_empty_state_says_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    action = KeyButton(theme, "Hapus saringan")
    empty = EmptyState(theme, Icon.SEARCH, "Tidak ada yang cocok", "Coba satu kata saja.", [action])
    qtbot.addWidget(empty)
    assert empty.accessibleName() == "Tidak ada yang cocok"
    assert action in empty.findChildren(KeyButton)


def test_progress_shows_numbers_and_cancels_once(theme: Theme, qtbot: QtBot) -> None:
    line = ProgressLine(theme, "Mengimpor baris")
    qtbot.addWidget(line)
    line.set_progress(1128, 2005, "kira-kira 6 detik lagi")
    assert line.figures() == "1.128 dari 2.005"
    with qtbot.waitSignal(line.cancelled):
        line.cancel_button().click()
    with qtbot.assertNotEmitted(line.cancelled):
        line.cancel_button().click()
    line.set_busy()
    assert line.figures() == ""
    assert line.cancel_button().isEnabled()


def test_steps_say_where_one_stands(theme: Theme, qtbot: QtBot) -> None:
    steps = StepIndicator(theme, ["Berkas", "Kolom", "Hasil"])
    qtbot.addWidget(steps)
    steps.set_current(1)
    assert steps.accessibleName() == "Langkah 2 dari 3: Kolom"
    before = steps.grab().toImage()
    steps.set_current(3)
    assert "selesai" in steps.accessibleName()
    assert steps.grab().toImage() != before


def test_chart_reads_its_numbers_aloud(theme: Theme, qtbot: QtBot) -> None:
    chart = BarChart(theme, "30 hari terakhir")
    qtbot.addWidget(chart)
    assert chart.accessibleDescription() == "Belum ada data."
    chart.set_days([DayCount(date(2026, 8, 2), 0, 0), DayCount(date(2026, 8, 3), 4, 2)])
    assert chart.accessibleDescription() == "2 Agu: 0 masuk, 0 selesai; 3 Agu: 4 masuk, 2 selesai"
    assert not chart.grab().isNull()


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (3, 4), (5, 8), (41, 60), (500, 600)])
def test_scale_of_the_chart_holds_the_highest_bar(theme: Theme, highest: int, top: int) -> None:
    assert BarPainter(theme, [FlowBar("3 Agu", highest, 0)]).top() == top


def test_the_ring_of_a_step_leaves_its_glyph_in_sight(theme: Theme, qtbot: QtBot) -> None:
    timeline = Timeline(theme, "Perjalanan")
    qtbot.addWidget(timeline)
    timeline.resize(400, 120)
    timeline.show()
    timeline.set_steps([TimelineStep(icon=Icon.PRINT, title="", subtitle="")])

    def colours_of_the_circle() -> set[int]:
        image = timeline.viewport().grab().toImage().copy(QRect(theme.px(22), theme.px(6), theme.px(16), theme.px(16)))
        return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}

    at_rest = colours_of_the_circle()
    assert len(at_rest) > 1
    timeline.setFocus()
    timeline.setCurrentIndex(timeline.model().index(0, 0))
    qtbot.waitUntil(timeline.hasFocus)
    assert colours_of_the_circle() == at_rest


def test_timeline_speaks_whole_steps_and_wraps_words(theme: Theme, qtbot: QtBot) -> None:
    timeline = Timeline(theme, "Perjalanan")
    qtbot.addWidget(timeline)
    timeline.resize(400, 300)
    timeline.show()
    short = TimelineStep(icon=Icon.RECEIVED, title="Diterima", subtitle="21 Juli, 10.12 · Norhasanah")
    long = TimelineStep(icon=Icon.FOLLOW_UP, title="Jawaban Dishub", subtitle="29 Juli", text="Lampu diganti. " * 20)
    timeline.set_steps([long, short])
    model = timeline.model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Jawaban Dishub, 29 Juli, Lampu diganti.")
    assert timeline.sizeHintForRow(0) > 2 * timeline.sizeHintForRow(1)
    assert not timeline.grab().isNull()


def test_shortened_label_keeps_its_whole_text(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel("")
    qtbot.addWidget(label)
    label.setText("Lapak menutup trotoar depan SDN Alalak Selatan 1 dan 2")
    label.resize(100, 20)
    label.grab()
    assert label.toolTip() == label.text() == label.accessibleName()
    label.resize(900, 20)
    label.grab()
    assert label.toolTip() == ""
