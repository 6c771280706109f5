"""The square code with a reference number, as an image for documents."""

from io import BytesIO

_DOTS = 8  # a module of the code, so that it stays sharp in print
IMAGE = "qr.png"  # how templates call it


def qr_png(text: str) -> bytes:
    """A QR code with its quiet zone, one colour, PNG; a quarter of it may be torn or smudged."""
    import segno  # noqa: PLC0415  # needed only once something is printed

    target = BytesIO()
    segno.make(text, error="q", micro=False).save(target, kind="png", scale=_DOTS, border=4)
    return target.getvalue()
