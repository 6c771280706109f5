"""Fields, choices and buttons: keyboard, names for screen readers, states."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import IconButton, KeyButton
from ui.widgets.choices import CheckBox, Option, SegmentedChoice
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.field import Field, FieldState

ANSWERS = [Option("boleh", "Boleh", Icon.PEOPLE), Option("rahasia", "Rahasia", Icon.LOCK), Option("lain", "Lain")]


@pytest.fixture
def choice(theme: Theme, qtbot: QtBot) -> SegmentedChoice:
    choice = SegmentedChoice(theme, "Isi boleh dibaca umum?", ANSWERS)
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    qtbot.waitUntil(choice.isActiveWindow)
    return choice


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_in_focus_is_pressed_by_enter_and_by_space(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    for button in (KeyButton(theme, "Impor"), IconButton(theme, Icon.LOCK, "Kunci")):
        qtbot.addWidget(button)
        button.clicked.connect(lambda: pressed.append("once"))
        qtbot.keyClick(button, key)
    assert pressed == ["once", "once"]


def test_nothing_is_chosen_until_somebody_chooses(choice: SegmentedChoice, qtbot: QtBot) -> None:
    assert choice.value() is None
    choice.buttons()[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert choice.value() is None
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.keyClick(choice.buttons()[0], Qt.Key.Key_Space)
    assert chosen.args == ["boleh"]
    assert choice.value() == "boleh"


def test_arrows_move_the_choice_and_go_round(choice: SegmentedChoice, qtbot: QtBot) -> None:
    choice.buttons()[0].setFocus()
    seen: list[str] = []
    choice.chosen.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
    assert seen == ["rahasia", "lain", "boleh", "lain"]
    assert [button.isChecked() for button in choice.buttons()] == [False, False, True]


def test_choice_can_be_set_and_taken_back_silently(choice: SegmentedChoice, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("rahasia")
        assert choice.value() == "rahasia"
        choice.set_value(None)
        assert choice.value() is None
    choice.buttons()[1].click()
    choice.buttons()[2].click()
    assert [button.isChecked() for button in choice.buttons()] == [False, False, True]


def test_choice_names_its_parts(choice: SegmentedChoice) -> None:
    assert choice.accessibleName() == "Isi boleh dibaca umum?"
    assert [button.accessibleName() for button in choice.buttons()] == ["Boleh", "Rahasia", "Lain"]
    assert {button.accessibleDescription() for button in choice.buttons()} == {"Isi boleh dibaca umum?"}


def test_field_names_its_editor_and_says_how_to_mend_it(theme: Theme, qtbot: QtBot) -> None:
    editor = LineEdit(theme)
    field = Field(theme, "NIK", editor, remark="boleh kosong", help_text="16 angka, ada di KTP.")
    qtbot.addWidget(field)
    field.show()
    assert editor.accessibleName() == "NIK"
    assert field.message() == "16 angka, ada di KTP."
    field.set_state(FieldState.WARNING, "Kode wilayah tidak dikenal. Boleh dilanjutkan.")
    assert field.state() is FieldState.WARNING
    assert editor.property("state") == "warning"
    assert editor.accessibleDescription() == "Kode wilayah tidak dikenal. Boleh dilanjutkan."
    field.set_state(FieldState.ERROR, "Harus 16 angka.")
    assert editor.property("state") == "error"
    field.clear_state()
    assert editor.property("state") == "ok"
    assert field.message() == "16 angka, ada di KTP."


def test_field_without_a_message_takes_no_room_for_it(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Nama", LineEdit(theme))
    qtbot.addWidget(field)
    field.show()
    before = field.sizeHint().height()
    field.set_state(FieldState.ERROR, "Tulis nama, atau pilih Anonim.")
    assert field.sizeHint().height() > before


def test_tab_leaves_a_text_of_many_lines(theme: Theme, qtbot: QtBot) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    text, line = TextEdit(theme), LineEdit(theme)
    column.addWidget(text)
    column.addWidget(line)
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    text.setFocus()
    qtbot.keyClicks(text, "Lampu padam")
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert line.hasFocus()
    assert text.text() == "Lampu padam"


def test_combo_holds_values_and_is_not_changed_by_a_passing_wheel(theme: Theme, qtbot: QtBot) -> None:
    combo = Combo(theme, "Kanal")
    combo.add("tatap_muka", "Tatap muka")
    combo.add("telepon", "Telepon")
    qtbot.addWidget(combo)
    combo.show()
    with qtbot.assertNotEmitted(combo.chosen):
        combo.set_value("telepon")
    assert combo.value() == "telepon"
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    combo.clearFocus()
    QApplication.sendEvent(combo, wheel)
    assert combo.value() == "telepon"
    combo.set_value("tidak ada")
    assert combo.value() == ""


def test_bound_key_presses_the_button_only_while_it_is_seen(theme: Theme, qtbot: QtBot) -> None:
    box = QWidget()
    row = QHBoxLayout(box)
    bound, shown = KeyButton(theme, "Simpan", key="Ctrl+S", binds=True), KeyButton(theme, "Cetak", key="Ctrl+P")
    row.addWidget(bound)
    row.addWidget(shown)
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    pressed: list[str] = []
    bound.clicked.connect(lambda: pressed.append("simpan"))
    shown.clicked.connect(lambda: pressed.append("cetak"))
    qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["simpan"]
    bound.set_text("Simpan pengaduan")
    qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    bound.hide()
    qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["simpan", "simpan"]
    assert bound.accessibleName() == "Simpan pengaduan"
    assert KeyButton(theme, "Lainnya", menu=QMenu()).menu() is not None
    assert "Ctrl+S" in bound.accessibleDescription()


def test_button_is_never_narrower_than_its_words(theme: Theme, qtbot: QtBot) -> None:
    short, long = (
        KeyButton(theme, "Ya", Icon.CHECK),
        KeyButton(theme, "Simpan baris yang ditolak…", Icon.SAVE, key="F8"),
    )
    for button in (short, long):
        qtbot.addWidget(button)
        assert button.minimumSizeHint() == button.sizeHint()
    assert long.sizeHint().width() > long.fontMetrics().horizontalAdvance(long.text())


def test_small_buttons_have_names_and_are_large_enough(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, Icon.PRINT, "Cetak tanda terima", key="Ctrl+P")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Cetak tanda terima"
    assert button.toolTip() == "Cetak tanda terima (Ctrl+P)"
    assert min(button.width(), button.height()) >= theme.px(32)


def test_tick_is_painted_into_the_box(theme: Theme, qtbot: QtBot) -> None:
    box = CheckBox(theme, "Bukan warga kota")
    qtbot.addWidget(box)
    box.show()
    before = box.grab().toImage()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert box.grab().toImage() != before
