"""What stands on the paper with the recovery code."""

from datetime import date
from html import escape

from kelurahan_client.domain.day_words import format_date


def recovery_html(code: str, place: str, day: date) -> str:
    """The HTML of the paper; two lines of three groups, large enough to be typed from a drawer."""
    groups = code.split("-")
    half = len(groups) // 2
    lines = ["&nbsp;&nbsp;".join(escape(group) for group in part) for part in (groups[:half], groups[half:])]
    return f"""
<h2>Kode pemulihan Lapor Kelurahan</h2>
<p>{escape(place)}<br/>Dicetak {escape(format_date(day))}</p>
<p style="font-family:monospace; font-size:18pt; font-weight:600">{lines[0]}<br/>{lines[1]}</p>
<p>Dengan kode ini data loket dapat dibuka bila semua PIN terlupa atau komputernya diganti.</p>
<ul>
<li>Simpan di dalam amplop tertutup, di lemari yang terkunci, bukan di dekat komputer.</li>
<li>Jangan difoto dan jangan dikirim lewat pesan.</li>
<li>Setelah dipakai, kode ini diganti yang baru; cetak lagi.</li>
</ul>
<p>Tanpa PIN dan tanpa kode ini, tidak seorang pun dapat membuka data loket, termasuk admin kota.</p>
"""
