"""Catatan: who saw, exported and printed what, for those who may know, however long it has grown."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kelurahan_client.domain.roles import Officer, Role
from kelurahan_client.services import audit, lists, prints, receipts
from kelurahan_client.services.prints import Medium
from kelurahan_client.store import audit as lines
from kelurahan_client.store.audit import AuditKind, NewLine
from tests.desk_making import START, register
from tests.services.test_exporting_service import sheet
from tests.ui.desk_window import DeskWindow
from ui.settings.audit_section import AuditSection
from ui.settings.page import SettingsPage
from ui.widgets.keyed_rows import AHEAD, KEPT


def section_of(window: DeskWindow) -> AuditSection:
    page = SettingsPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page, 1166)
    page.activate(section="audit")
    window.settle()
    section = page.section("audit")
    assert isinstance(section, AuditSection)
    return section


def told(section: AuditSection) -> list[tuple[str, str]]:
    """Event and details of the lines in view."""
    model = section.table.model()
    return [(model.index(row, 1).data(), model.index(row, 2).data()) for row in range(min(model.rowCount(), 20))]


@pytest.fixture
def number(window: DeskWindow) -> str:
    """A complaint whose identity was looked at, and which was printed; its number."""

    def work() -> str:
        made = register(window.desk)
        lists.reveal(window.desk, made.id, "menelepon Siti Aminah")
        prints.take(window.desk, receipts.receipt(window.desk, made.id), Medium.PRINTER, "EPSON")
        other = register(window.desk)
        lists.reveal(window.desk, other.id, "salah orang")
        return made.reference

    return window.work(work)


def test_who_did_what_is_told_and_narrowed(window: DeskWindow, number: str) -> None:
    section = section_of(window)
    look = ("Identitas dilihat", "menelepon [disamarkan]")
    paper = ("Dicetak", f"Tanda terima {number}, EPSON")
    assert told(section) == [("Identitas dilihat", "salah orang"), paper, look]
    assert section.count.text() == "3 catatan"
    filters = section.filters
    filters.reference.setText(number)
    QTest.keyClick(filters.reference, Qt.Key.Key_Return)
    window.settle()
    assert told(section) == [paper, look]
    filters.kind.setFocus()
    filters.kind.setCurrentIndex(filters.kind.findData(AuditKind.PRINT))
    filters.kind.activated.emit(filters.kind.currentIndex())
    window.settle()
    assert told(section) == [paper]
    filters.last.setText("1/8")
    QTest.keyClick(filters.last, Qt.Key.Key_Return)
    window.settle()
    assert told(section) == []
    assert section.empty.isVisibleTo(section)
    filters.last.setText("32/8")
    QTest.keyClick(filters.last, Qt.Key.Key_Return)
    window.settle()
    assert filters.wrong.isVisibleTo(section)
    assert not section.export.isEnabled()


def test_what_is_shown_goes_out_as_a_file_and_stands_in_the_log(
    window: DeskWindow, number: str, tmp_path: Path
) -> None:
    section = section_of(window)
    target = tmp_path / "catatan.xlsx"
    section.choose = lambda _parent, _name: target
    section.filters.reference.setText(number)
    QTest.keyClick(section.filters.reference, Qt.Key.Key_Return)
    section.export.click()
    window.settle()
    assert [row["Nomor pengaduan"] for row in sheet(target)] == [number] * 2
    assert window.said[-1][0] == "2 catatan tersimpan di catatan.xlsx."
    section.choose = lambda _parent, _name: tmp_path / "tidak ada" / "catatan.xlsx"
    section.export.click()
    window.settle()
    assert "tidak dapat ditulis" in section.banner.words()
    section.filters.reference.setText("")
    QTest.keyClick(section.filters.reference, Qt.Key.Key_Return)
    window.settle()
    assert told(section)[:2] == [("Catatan diekspor", "2 baris diekspor.")] * 2


def test_whoever_may_not_see_it_reads_who_may(window: DeskWindow, number: str) -> None:
    section = section_of(window)
    assert number in str([section.rows.row(0), section.rows.row(1)])
    for role in Role:
        window.desk.store.at_work = Officer("Ani", role=role, id="a", duty=role)
        section.respect(window.desk.store.at_work)
        section.activate()
        window.settle()
        may_see = role in (Role.HEAD, Role.ADMIN)
        assert section.card.isVisibleTo(section) == may_see
        assert (section.rows.rowCount() > 0) == may_see
        assert section.refused.text() == "Dilihat oleh lurah atau admin loket."
        assert section.refused.isVisibleTo(section) != may_see


def test_a_long_log_is_read_where_somebody_looks(window: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        with window.desk.store.write(large=True) as transaction:
            lines.append(
                transaction,
                (
                    NewLine(kind=AuditKind.SIGN_IN, at=START + timedelta(seconds=n), actor=f"Petugas {n % 5}")
                    for n in range(20_000)
                ),
            )

    window.work(work)
    asked: list[int] = []
    page = audit.page
    monkeypatch.setattr(audit, "page", lambda desk, wanted: asked.append(len(wanted)) or page(desk, wanted))
    section = section_of(window)
    assert section.count.text() == "20.000 catatan"
    section.table.scrollToBottom()
    window.settle()
    last = section.rows.row(19_999)
    assert last is not None
    assert last.key == 1
    assert sum(asked) < 8 * AHEAD < KEPT
