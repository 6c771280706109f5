"""The words of Tutup hari; pure, so that they are tested without a window."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.day_count import DayLine
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import read_utc
from kelurahan_client.services.day_close import DayCount, DayView
from kelurahan_client.services.day_recap import source_words
from kelurahan_client.services.lists import DeskState
from kelurahan_client.services.unsent_files import UnsentFiles
from ui.figures import number
from ui.home.model import failure_code, failure_head, since, unsent_words
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.wording import clock, day_date, short_date


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("DayClose", text)


class Step(Enum):
    """The steps of the day's end, in their order."""

    DRAFTS = auto()
    BOOK = auto()
    CONFLICTS = auto()
    EXCHANGE = auto()
    SIGNED = auto()
    RECAP = auto()


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: whether it is done, what stands in its way, and the button that helps ("" for none)."""

    step: Step
    title: str
    text: str
    done: bool
    action: str = ""
    code: str = ""  # of what failed


def steps(view: DayView, state: DeskState) -> tuple[StepView, ...]:
    """All steps as they stand."""
    count = view.count
    closed = view.closing is not None
    return (
        StepView(
            Step.DRAFTS,
            tr("Draf"),
            _drafts(view),
            not count.drafts,
            tr("Lihat draf") if count.drafts or view.half_written else "",
        ),
        StepView(
            Step.BOOK,
            tr("Buku register"),
            _book(count),
            not any(line.miscounted or line.uncounted for line in count.lines),
            "" if closed else tr("Hitung baris"),
        ),
        StepView(
            Step.CONFLICTS,
            tr("Konflik"),
            _conflicts(count),
            not count.conflicts,
            tr("Putuskan") if count.conflicts else "",
        ),
        StepView(
            Step.EXCHANGE,
            tr("Pertukaran dengan pusat"),
            _exchange(count, state, view.today),
            not count.waiting and not count.files,
            tr("Kirim sekarang"),
            failure_code(state),
        ),
        StepView(
            Step.SIGNED,
            tr("Diakui server"),
            _signed(count),
            count.total.typed == count.total.signed and not count.waiting and not count.refused,
            tr("Periksa") if count.refused else "",
        ),
        StepView(Step.RECAP, tr("Rekap harian"), _recap(view), closed),
    )


def _drafts(view: DayView) -> str:
    drafts = view.count.drafts
    begun = tr("{n} tulisan di Daftar belum selesai").format(n=number(view.half_written)) if view.half_written else ""
    if not drafts:
        return begun or tr("Tidak ada draf tersisa")
    oldest = min(drafts, key=lambda one: one.started_at)
    words = tr("{n} draf belum disimpan; yang tertua {when}, {officer}")
    when = since(oldest.started_at, view.today)
    told = words.format(n=number(len(drafts)), when=when, officer=oldest.officer)
    return f"{told}; {begun}" if begun else told


def _book(count: DayCount) -> str:
    pages = [line for line in count.lines if line.page]
    if not pages:
        return tr("Tidak ada halaman buku yang diketik")
    open_ = [line for line in pages if line.miscounted or line.uncounted]
    line = (open_ or pages)[0]
    name = said(source_words(line)).removeprefix(tr("Buku register, "))
    if line.counted is None:
        text = tr("{page}: {typed} diketik") + (tr(", baris di buku belum dihitung") if line.uncounted else "")
    else:
        text = tr("{page}: {counted} baris di buku, {typed} diketik")
    told = text.format(page=name[:1].upper() + name[1:], counted=line.counted, typed=number(line.typed))
    more = len(pages) - 1
    return told + (tr("; {n} halaman lain").format(n=number(more)) if more else "")


def _conflicts(count: DayCount) -> str:
    decided = tr("{n} diputuskan hari ini, ").format(n=number(count.decided)) if count.decided else ""
    if not count.conflicts:
        return decided + tr("tidak ada yang tersisa") if decided else tr("Tidak ada yang perlu diputuskan")
    return decided + tr("{n} menunggu keputusan").format(n=number(count.conflicts))


def _exchange(count: DayCount, state: DeskState, today: date) -> str:
    left = unsent_words(count.waiting, UnsentFiles(count.files, count.file_bytes))
    waits = tr("{what} belum terkirim").format(what=left) if left else ""
    if state.last_failure is not None:
        head = failure_head(state.last_failure, today)
        return f"{waits}. {head}" if waits else head
    if state.last_exchange is None:
        return waits or tr("Belum pernah bertukar data")
    at = read_utc(state.last_exchange["at"])
    last = clock(at) if local_date(at) == today else f"{short_date(local_date(at), today)}, {clock(at)}"
    if waits:
        return tr("{waits}; terakhir bertukar {time}").format(waits=waits, time=last)
    return tr("Tidak ada yang menunggu; terakhir bertukar {time}").format(time=last)


def _signed(count: DayCount) -> str:
    whole = count.total
    parts = []
    if count.refused:
        parts.append(tr("{n} ditolak server dan perlu dilihat").format(n=number(count.refused)))
    if whole.here:
        parts.append(tr("Menunggu tanda terima untuk {n} pengaduan").format(n=number(whole.here)))
    elif count.waiting:
        parts.append(tr("Menunggu tanda terima untuk perubahan pada {n} pengaduan").format(n=number(count.waiting)))
    if parts:
        return tr(". ").join(parts)
    if not whole.typed:
        return tr("Tidak ada yang diketik hari ini")
    return tr("{n} dari {n} pengaduan hari ini ditandatangani server kota").format(n=number(whole.typed))


def _recap(view: DayView) -> str:
    if view.closing is None:
        return tr("Dicetak dan ditandatangani Lurah")
    words = tr("Ditutup {time} oleh {officer}")
    return words.format(time=since(view.closing.closed_at, view.today), officer=view.closing.officer)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The word beside the equation."""

    text: str
    icon: Icon
    tone: Tone


def verdict(line: DayLine) -> Verdict:
    """How one line of the equation stands; of the whole day too. Nothing here is green: only the seal is."""
    if line.refused:
        return Verdict(tr("{n} ditolak").format(n=number(line.refused)), Icon.ERROR, Tone.RED)
    if line.here:
        return Verdict(tr("{n} belum").format(n=number(line.here)), Icon.HOURGLASS, Tone.AMBER)
    if line.miscounted:
        sign = "+" if line.miscounted < 0 else "−"
        return Verdict(f"{sign}{number(abs(line.miscounted))}", Icon.WARNING, Tone.AMBER)
    if line.uncounted:
        return Verdict(tr("hitung"), Icon.WARNING, Tone.AMBER)
    return Verdict(tr("cocok"), Icon.EQUALS, Tone.NEUTRAL)


def whole_verdict(count: DayCount) -> Verdict:
    """The chip at the head of the equation."""
    whole = count.total
    if whole.refused:
        return Verdict(tr("{n} ditolak server").format(n=number(whole.refused)), Icon.ERROR, Tone.RED)
    if whole.here:
        words = tr("Selisih {n}, belum terkirim").format(n=number(whole.here))
        return Verdict(words, Icon.HOURGLASS, Tone.AMBER)
    if any(line.miscounted for line in count.lines):
        return Verdict(tr("Buku dan ketikan berbeda"), Icon.WARNING, Tone.AMBER)
    if any(line.uncounted for line in count.lines):
        return Verdict(tr("Baris buku belum dihitung"), Icon.WARNING, Tone.AMBER)
    return Verdict(tr("Angka sama"), Icon.EQUALS, Tone.NEUTRAL)


def equation_sentence(count: DayCount) -> str:
    """The equation for somebody who cannot see it."""
    whole = count.total
    words = tr("{typed} diketik, {signed} diakui server, {here} belum terkirim, {refused} ditolak.")
    return words.format(
        typed=number(whole.typed),
        signed=number(whole.signed),
        here=number(whole.here),
        refused=number(whole.refused),
    )


def line_name(line: DayLine) -> str:
    """What a line is called."""
    return said(source_words(line))


def day_words(view: DayView) -> str:
    """The remark beside the title."""
    day = day_date(view.count.day)
    return day if view.count.day == view.today else tr("{day} (hari lalu)").format(day=day)


def recap_words(view: DayView) -> str:
    """What the card about the recap says."""
    office = view.count.office
    if view.closing is None:
        return tr("Untuk ditandatangani Lurah {office}. Terbuka setelah hari ditutup.").format(office=office)
    words = tr("Untuk ditandatangani Lurah {office}.").format(office=office)
    if view.closing.left_over:
        words += " " + tr("Sisa {n} tertulis di rekap.").format(n=number(view.closing.left_over))
    if view.after:
        words += " " + tr("{n} diketik sesudah ditutup; dihitung pada hari kerja berikutnya.").format(
            n=number(view.after)
        )
    return words


def close_words(left_over: int) -> str:
    """The button that closes the day."""
    return tr("Tutup dengan sisa {n}…").format(n=number(left_over)) if left_over else tr("Tutup hari")
