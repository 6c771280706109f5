"""What the people of one desk have chosen about their work: when the desk exchanges by itself.

It lies in the encrypted data and stays on this machine; the look of the window is in `ui.window_memory`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import FieldErrors, InputError
from kelurahan_client.services.desk import Desk, allow
from kelurahan_client.store import settings

PAUSES = (5, 10, 15, 30, 60)
"""Minutes between two tries that a person may choose."""
MOST_TIMES = 4
_TIME = re.compile(r"(\d{1,2})[.:]?(\d{2})?")


@dataclass(frozen=True, slots=True)
class ExchangeTimes:
    """When the desk exchanges by itself.

    `minutes` between two tries while something waits to be sent, 0 = it does not try; `at` = times of the day, in WITA,
    at which it exchanges whatever waits, earliest first.
    """

    minutes: int = 5
    at: tuple[time, ...] = ()

    def next_after(self, moment: datetime) -> datetime | None:
        """The next of the fixed times strictly after `moment`; None when there are none."""
        here = moment.astimezone(WITA)
        days = (here.date(), here.date() + timedelta(days=1))
        coming = (datetime.combine(day, clock, WITA) for day in days for clock in self.at)
        return next((one for one in coming if one > here), None)


def read_times(text: str) -> tuple[time, ...]:
    """Times as people type them: "8, 15.30". Sorted, each once; raises InputError."""
    found: set[time] = set()
    for part in re.split(r"[\s,;]+", text.strip()):
        if not part:
            continue
        match = _TIME.fullmatch(part)
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        if hour > 23 or minute > 59:
            raise InputError(f"“{part[:10]}” bukan jam.", way_out="Tulis seperti 08.00, 15.30.")
        found.add(time(hour, minute))
    if len(found) > MOST_TIMES:
        raise InputError(f"Paling banyak {MOST_TIMES} jam sehari.", way_out="Hapus salah satu.")
    return tuple(sorted(found))


def times_text(times: Sequence[time]) -> str:
    """Times as they are shown: "08.00, 15.30"."""
    return ", ".join(one.strftime("%H.%M") for one in times)


def exchange_times(desk: Desk) -> ExchangeTimes:
    """When this desk exchanges by itself; every five minutes where nobody chose."""
    with desk.store.read() as transaction:
        kept = settings.get(transaction, settings.EXCHANGE_TIMES) or {}
    return ExchangeTimes(kept.get("minutes", 5), tuple(time.fromisoformat(text) for text in kept.get("at", [])))


def set_exchange_times(desk: Desk, wanted: ExchangeTimes) -> None:
    """Exchange at these times from now on; raises FieldErrors for a pause that is not offered, or NotAllowed."""
    if wanted.minutes not in (0, *PAUSES):
        raise FieldErrors({"minutes": "Pilih jeda dari daftar."})
    kept = {"minutes": wanted.minutes, "at": [one.isoformat("minutes") for one in sorted(set(wanted.at))]}
    with desk.store.write() as transaction:
        allow(transaction, Right.SETTINGS)
        settings.put(transaction, settings.EXCHANGE_TIMES, kept)
