"""What the preview says about prints."""

from PySide6.QtCore import QCoreApplication

from kelurahan_client.services.paper import PaperSize
from kelurahan_client.services.prints import Medium, Outlook, Print
from ui.figures import number
from ui.language import said
from ui.wording import moment


def _tr(text: str) -> str:
    return QCoreApplication.translate("Printing", text)


def size_name(size: PaperSize) -> str:
    """`A5`, `80 mm`."""
    return "80 mm" if size is PaperSize.ROLL_80 else size.value


def extent_line(size: PaperSize, pages: int, shown: int) -> str:
    """`3 halaman, A4`."""
    extent = _tr("{pages} halaman, {size}").format(pages=number(pages), size=size_name(size))
    return extent if shown == pages else _tr("{extent} (ditampilkan {n} yang pertama)").format(extent=extent, n=shown)


def copy_line(outlook: Outlook) -> str:
    """`Cetakan pertama.`, or which copy it would be and what came out before."""
    if not outlook.earlier:
        return _tr("Cetakan pertama.")
    last = outlook.earlier[0]
    how = _tr("disimpan PDF") if last.medium == Medium.PDF else _tr("dicetak")
    return _tr("Akan menjadi salinan ke-{copy}. Terakhir {how} {moment} oleh {actor}.").format(
        copy=outlook.copy, how=how, moment=moment(last.at), actor=last.actor
    )


def out_line(line: Print) -> str:
    """What is said at the bottom when a document is out."""
    if line.medium == Medium.PDF:
        return _tr("{title} disimpan sebagai PDF.").format(title=said(line.title))
    return _tr("{title} dikirim ke pencetak {printer}.").format(title=said(line.title), printer=line.printer)
