"""Tutup hari: in the middle of an exchange, all equal, without a network, counting the book, a stick, closed days."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kelurahan_client.domain.complaint import Channel, Complaint, Intake, Status
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.services import day_close, half_written, handling, intake
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Kind, Place
from kelurahan_client.store import outbox, settings
from sync.carrying import Exported
from sync.engine import Progress
from sync.protocol import Result, ResultKind
from tools.camera import NOW, Camera, new_desk
from ui.day_close import usb_words
from ui.day_close.page import DayClosePage
from ui.session import Session
from ui.theme.icons import Icon

_CHANNELS = (*(Channel.REGISTER_BOOK,) * 14, *(Channel.IN_PERSON,) * 5, *(Channel.PHONE,) * 2)
_OFFLINE = {
    "at": "2026-08-03T02:00:00Z",
    "since": "2026-08-03T01:47:00Z",
    "kind": "Offline",
    "code": "LK-3001",
    "title": "Jaringan terputus",
    "message": "Server kota tidak terjangkau.",
    "way_out": "",
    "in_doubt": {},
    "not_before": "",
}


def day_close_scenes(camera: Camera) -> None:
    """A day on its way to its end."""
    desk = new_desk(camera.folder("day-close"))
    for days in (3, 2):
        then = replace(desk, clock=lambda days=days: NOW - timedelta(days=days))
        _answer(then, [_typed(then, Channel.IN_PERSON)])
        day_close.close(then, then.today(), 9)
    _typed(replace(desk, clock=lambda: NOW - timedelta(days=1)), Channel.LETTER)
    made = [_typed(desk, channel) for channel in _CHANNELS]
    session = camera.session(desk)
    _shoot(camera, session, "tutup-hari-selisih")
    intake.save_draft(desk, {"reporter_name": "Siti"})
    _silent(replace(desk, clock=lambda: NOW - timedelta(days=40)))
    day_close.count_page(desk, desk.today(), "47", 15)
    _answer(desk, made[:3], ResultKind.REJECTED)
    with desk.store.write() as transaction:
        settings.put(transaction, settings.LAST_FAILURE, _OFFLINE)
    page = _shoot(camera, session, "tutup-hari-luring")
    session.window.outbox_requested.emit()
    camera.settle()
    session.work.standing.outbox.items.tabs.tab("rejected").click()
    camera.shoot("kotak-keluar-ditolak", session.work.standing.outbox)
    session.work.standing.outbox.close()
    page.pane.count()
    camera.shoot("tutup-hari-hitung-buku", session.window)
    page.pane.stop_counting()
    page.foot.close_day.click()
    camera.shoot("tutup-hari-tanya", session.window)
    page.bar.dismiss()
    page.usb._end(usb_words.stored(Path("lapor-2026-08-03-103200.bundel"), _EXPORTED), Icon.USB)  # noqa: SLF001
    camera.shoot("tutup-hari-usb", session.window)
    page.usb.dismiss()
    day_close.count_page(desk, desk.today(), "47", 14)
    _answer(desk, made[3:17])
    page = _shoot(camera, session, "tutup-hari-ditolak")
    page.set_sending(True)
    page.set_progress(Progress("sending", 8, 12, 46 * 1024, 71 * 1024))
    camera.shoot("tutup-hari-mengirim", session.window)
    page.set_sending(False)
    day_close.close(desk, desk.today(), 99)
    _shoot(camera, session, "tutup-hari-sudah")
    page.head.history.click()
    camera.shoot("tutup-hari-riwayat", session.window)
    camera.end(session, desk)


_EXPORTED = Exported("0" * 32, 1, 12, 2, 0, 71 * 1024)


def _shoot(camera: Camera, session: Session, name: str) -> DayClosePage:
    session.window.show_page("day_close")
    page = session.window.pages.page("day_close")
    if not isinstance(page, DayClosePage):
        raise TypeError(type(page).__name__)
    camera.settle()
    page.search_focus()
    camera.shoot(name, session.window)
    return page


def _silent(desk: Desk) -> None:
    """What was resolved long ago, and a follow-up about it that nobody has finished."""
    done = _typed(desk, Channel.LETTER)
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, done.id, to, "Lampu diganti.")
    _answer(desk, [done])
    half_written.keep(desk, Place(Kind.FOLLOW_UP, done.id), {"text": "Sudah ditele"})


def _typed(desk: Desk, channel: Channel) -> Complaint:
    page = "47" if channel is Channel.REGISTER_BOOK else ""
    item = Intake(
        channel=channel,
        received_date=desk.today(),
        title="Lampu jalan padam di Gg. Karya Baru",
        statement="Lampu jalan padam sudah seminggu di muka langgar, malam gelap.",
        reporter_name="Siti Rahmah",
        anonymous=False,
        confidential=False,
        category="PJU",
        book_sheet=page,
    )
    return intake.register(desk, item).complaint


def _answer(desk: Desk, made: list[Complaint], kind: ResultKind = ResultKind.APPLIED) -> None:
    with desk.store.write() as transaction:
        for one in made:
            waiting = outbox.unanswered_of(transaction, one.id)
            why = "Kategori ini tidak dipakai lagi." if kind is ResultKind.REJECTED else ""
            results = [Result(n=entry.n, id=one.id, result=kind, reason=why) for entry in waiting]
            if waiting:
                outbox.answer(transaction, waiting[0].epoch, results, utc_text(desk.now()))
