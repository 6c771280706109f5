"""What is said about a stick. It never says *terkirim*: only an answer that was taken in here says that."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kelurahan_client.errors import LaporError
from sync.protocol import ResultKind
from ui.figures import number, size
from ui.language import said

if TYPE_CHECKING:
    from sync.carrying import Exported, Imported

_AS_COMMANDS = {  # sentences that were written for the command line
    "Buat bundel baru di sini dan bawa ke server kota.": (
        "Tekan Simpan ke USB untuk membuat yang baru, lalu bawa ke server kota."
    ),
}


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Usb", text)


def stored(target: Path, done: "Exported") -> tuple[str, str]:
    """Title and text after a stick was written: what is in it, and what to do next."""
    title = tr("Tersimpan: {name} ({size})").format(name=target.name, size=size(done.bytes))
    parts = [tr("{n} kiriman").format(n=number(done.sent))] if done.sent else []
    if done.files:
        parts.append(tr("{n} lampiran").format(n=number(done.files)))
    if parts:
        inside = tr("Isinya {what}, bersandi: hanya server kota yang dapat membacanya.")
        said = [inside.format(what=tr(" dan ").join(parts))]
    else:
        said = [tr("Tidak ada yang menunggu; isinya hanya permintaan data baru dari server kota.")]
    if done.files_unreadable:
        said.append(tr("{n} lampiran rusak di sini dan tidak ikut.").format(n=number(done.files_unreadable)))
    said.append(tr("Cabut stik dengan aman, bawa ke Diskominfotik, dan minta berkas jawabannya."))
    said.append(tr("Kiriman tetap dihitung belum terkirim sampai jawaban itu diambil di sini."))
    return title, " ".join(said)


def answered(done: "Imported") -> tuple[str, str]:
    """Title and text after an answer was applied."""
    results = done.results
    accepted = results[ResultKind.APPLIED] + results[ResultKind.MERGED] + results[ResultKind.CONFLICT]
    parts = []
    if accepted:
        parts.append(tr("{n} kiriman ditandatangani server kota").format(n=number(accepted)))
    if results[ResultKind.CONFLICT]:
        parts.append(tr("{n} perlu keputusan").format(n=number(results[ResultKind.CONFLICT])))
    if results[ResultKind.REJECTED]:
        parts.append(tr("{n} ditolak dan perlu dilihat").format(n=number(results[ResultKind.REJECTED])))
    if done.received:
        parts.append(tr("{n} perubahan diterima").format(n=number(done.received)))
    said = [(", ".join(parts) or tr("Tidak ada yang baru di dalamnya")) + "."]
    if done.skipped and not done.pages:
        said.append(tr("Jawaban ini lebih lama daripada data di sini; hanya hasil kiriman yang dicatat."))
    if done.again:
        said.append(tr("Sebagian kiriman perlu diulang: tekan Simpan ke USB dan bawa lagi ke server kota."))
    elif done.waiting:
        said.append(tr("{n} kiriman masih menunggu.").format(n=number(done.waiting)))
    return tr("Jawaban server kota sudah diambil"), " ".join(said)


def failed(error: LaporError) -> str:
    """Why a file could not be written or read, in words of the window."""
    way_out = _AS_COMMANDS.get(error.way_out, error.way_out)
    return f"{said(error.message)} {said(way_out)}".strip()
