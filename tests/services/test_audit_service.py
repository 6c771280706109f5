"""The log for people: what was done by whom, whom it concerns as a number, and nobody's identity."""

from pathlib import Path

import pytest

from kelurahan_client.domain.entry_errors import NotAllowed
from kelurahan_client.domain.roles import Role
from kelurahan_client.errors import Cancelled
from kelurahan_client.services import audit, audit_export, backups, doctor, exporting, lists, officers, prints, receipts
from kelurahan_client.services.audit import AuditFilter, AuditKind, AuditRow
from kelurahan_client.services.desk import Desk, find_identity, set_officer
from kelurahan_client.services.exporting import Wish
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.prints import Medium
from kelurahan_client.store import reveals
from tests.desk_making import DeskAt, FakeClock, register
from tests.officers_at_work import OTHER_PIN, Guarded
from tests.services.test_backups import never, nobody
from tests.services.test_exporting_service import sheet

BROKEN = "Catatan tidak utuh: baris 2 bukan yang ditulis program ini."


def shown(desk: Desk, **wanted: object) -> list[AuditRow]:
    return audit.page(desk, audit.numbers(desk, AuditFilter(**wanted)))  # type: ignore[arg-type]  # by name


def told(desk: Desk, **wanted: object) -> list[tuple[AuditKind, str, str, str]]:
    return [(row.kind, row.actor, row.reference, row.detail) for row in shown(desk, **wanted)]


def test_what_was_done_in_the_order_of_its_doing(desk: Desk, tmp_path: Path) -> None:
    set_officer(desk, "Rahmah")
    made = register(desk)
    lists.reveal(desk, made.id, "menelepon pelapor")
    exporting.write_workbook(desk, Wish(wanted=ListFilter(), reason="rapat RT"), tmp_path / "daftar.xlsx")
    exporting.write_workbook(desk, Wish(wanted=ListFilter()), tmp_path / "tanpa nama.xlsx")
    paper = receipts.receipt(desk, made.id)
    prints.take(desk, paper, Medium.PRINTER, "EPSON")
    prints.failed(desk, prints.take(desk, paper, Medium.PDF).line)
    title = f"Tanda terima {made.reference}"
    assert told(desk) == [
        (AuditKind.UNPRINTED, "Rahmah", made.reference, title),
        (AuditKind.PRINT, "Rahmah", made.reference, f"{title}, salinan ke-2, PDF"),
        (AuditKind.PRINT, "Rahmah", made.reference, f"{title}, EPSON"),
        (AuditKind.EXPORT, "Rahmah", made.reference, "rapat RT"),
        (AuditKind.REVEAL, "Rahmah", made.reference, "menelepon pelapor"),
    ]
    assert [row.key for row in audit.of_complaint(desk, made.id)] == [5, 4, 3, 2, 1]


def test_a_reason_that_names_the_reporter_names_nobody_in_the_log(desk: Desk, tmp_path: Path) -> None:
    made = register(desk, reporter_name="Siti Aminah", reporter_phone="081251234567")
    lists.reveal(desk, made.id, "menelepon Siti Aminah di 0812-5123-4567")
    assert [row.detail for row in shown(desk)] == ["menelepon [disamarkan] di [disamarkan]"]
    audit_export.write_workbook(desk, AuditFilter(), tmp_path / "catatan.xlsx")
    assert "Siti" not in str(sheet(tmp_path / "catatan.xlsx"))


def test_a_number_is_found_however_it_is_typed(desk: Desk) -> None:
    made, other = register(desk), register(desk)
    for one in (made, other):
        lists.reveal(desk, one.id, "menelepon pelapor")
    for typed in (made.reference, f" {made.reference.lower().replace('-', ' ')}", made.reference[-7:]):
        assert [row.reference for row in shown(desk, reference=typed)] == [made.reference]


def test_the_log_as_a_workbook_is_in_the_log(desk: Desk, tmp_path: Path, clock: FakeClock) -> None:
    set_officer(desk, "Ibu Lurah")
    made = register(desk)
    for reason in ("=1+1", "menelepon pelapor"):
        lists.reveal(desk, made.id, reason * 2)
    target = tmp_path / "catatan.xlsx"
    steps: list[tuple[int, int]] = []
    assert audit_export.write_workbook(desk, AuditFilter(), target, steps.append) == 2
    newest, oldest = sheet(target)
    assert (oldest["Keterangan"], oldest["Nomor pengaduan"], oldest["Petugas"]) == (
        "=1+1=1+1",
        made.reference,
        "Ibu Lurah",
    )
    assert str(newest["Waktu (WITA)"]).startswith("2026-08-03 10:32:11")
    assert newest["Sidik rantai"] == shown(desk)[1].hash.hex()
    assert steps == [(0, 2), (2, 2)]
    assert told(desk)[0] == (AuditKind.LOG_EXPORT, "Ibu Lurah", "", "2 baris diekspor.")
    with pytest.raises(Cancelled):
        audit_export.write_workbook(desk, AuditFilter(), tmp_path / "berhenti.xlsx", cancelled=lambda: True)
    assert [one.name for one in tmp_path.glob("*.xlsx")] == ["catatan.xlsx"]
    assert len(shown(desk, kinds=frozenset({AuditKind.LOG_EXPORT}))) == 2  # asked for all the same


@pytest.mark.parametrize("role", Role)
def test_the_log_is_for_the_lurah_and_the_admin_desk(guarded: Guarded, tmp_path: Path, role: Role) -> None:
    made = register(guarded.desk)
    guarded.sign_in(guarded.add("Ani", role))
    lists.reveal(guarded.desk, made.id, "menelepon pelapor")
    asked = (
        lambda: shown(guarded.desk),
        lambda: audit.page(guarded.desk, [1]),
        lambda: audit.actors(guarded.desk),
        lambda: audit_export.write_workbook(guarded.desk, AuditFilter(), tmp_path / "catatan.xlsx"),
    )
    for ask in asked:
        if role in (Role.HEAD, Role.ADMIN):
            assert ask()
        else:
            with pytest.raises(NotAllowed, match="Melihat catatan hanya untuk lurah atau admin loket"):
                ask()
    assert audit.of_complaint(guarded.desk, made.id)[0].detail == "menelepon pelapor"  # of one, everybody may know


def test_signing_in_and_officers_stand_in_it(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.VERIFIER, OTHER_PIN)
    officers.rename(guarded.desk, yusuf, "H. Yusuf")
    guarded.sign_in(yusuf)
    officers.change_own_pin(guarded.desk, OTHER_PIN, "730264")
    guarded.sign_in(guarded.admin, "271948")
    assert told(guarded.desk) == [
        (AuditKind.SIGN_IN, "Norhasanah", "", ""),
        (AuditKind.OFFICER, "H. Yusuf", "", "H. Yusuf mengganti PIN sendiri."),
        (AuditKind.SIGN_IN, "H. Yusuf", "", ""),
        (AuditKind.OFFICER, "Norhasanah", "", "Muhammad Yusuf berganti nama menjadi H. Yusuf."),
        (AuditKind.OFFICER, "Norhasanah", "", "Muhammad Yusuf ditambahkan sebagai verifikator."),
        (AuditKind.SIGN_IN, "Norhasanah", "", ""),
    ]


def test_the_examination_names_the_first_line_that_is_not_as_it_was_written(desk: Desk) -> None:
    made = register(desk)
    for _ in range(3):
        lists.reveal(desk, made.id, "menelepon pelapor")
    assert doctor.examine(desk, find_identity(desk)).problems == ()
    with desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE audit SET body = replace(body, 'pelapor', 'Ani') WHERE n >= 2")
    assert doctor.examine(desk, find_identity(desk)).problems == (BROKEN,)
    with desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM audit WHERE n = 1")
    assert doctor.examine(desk, find_identity(desk)).problems == ("Catatan tidak utuh: baris 1 hilang.",)


def test_a_backup_keeps_the_chain_and_it_goes_on_after_the_restore(desk: Desk, desk_at: DeskAt, tmp_path: Path) -> None:
    made = register(desk)
    lists.reveal(desk, made.id, "sebelum cadangan")
    folder = backups.make(desk, tmp_path / "usb", nobody, never).folder
    lists.reveal(desk, made.id, "sesudah cadangan")
    backups.prepare_restore(desk, folder, nobody, never)
    config = desk.store.config
    desk.store.close()
    restored = desk_at(config)
    lists.reveal(restored, made.id, "sesudah pemulihan")
    with restored.store.read() as transaction:
        reasons = [reason for _, _, reason in reveals.of_complaint(transaction, made.id)]
    assert reasons == ["sesudah pemulihan", "sebelum cadangan"]
    assert doctor.examine(restored, find_identity(restored)).problems == ()
