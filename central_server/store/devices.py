"""Devices, their tokens, their enrolment codes, and the reference counters of their desks."""

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from central_server.store import tables as t
from central_server.store.shapes import Device, EnrolCode, Token


class Devices:
    """Who may come, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Devices

    def get(self, device: str) -> Device | None:
        """The device, withdrawn or not."""
        statement = select(t.device).where(t.device.c.id == device)
        row = self._connection.execute(statement).mappings().first()
        return None if row is None else _device(row)

    def at(self, office: str, desk: str) -> list[Device]:
        """Every device that is or was this desk, newest first; the one in use before those that were withdrawn."""
        where = (t.device.c.office == office, t.device.c.desk == desk)
        statement = select(t.device).where(*where).order_by(t.device.c.enrolled_at.desc())
        found = [_device(row) for row in self._connection.execute(statement).mappings()]
        return sorted(found, key=lambda device: bool(device.revoked_at))

    def everybody(self) -> list[dict[str, str]]:
        """Every device that was enrolled, by office and desk, with its times; "" = never.

        `last_seen` is empty, too, for one that has not come since this centre was restored.
        """
        d = t.device.c
        shown = (d.office, d.desk, d.id, d.enrolled_at, d.last_seen, d.program, d.revoked_at)
        query = select(*shown).order_by(d.office, d.desk, d.enrolled_at)
        return [
            {name: value or "" for name, value in row.items()} for row in self._connection.execute(query).mappings()
        ]

    def add(self, device: Device, program: str, at: str) -> None:
        """A device that was just enrolled."""
        self._connection.execute(
            insert(t.device).values(
                id=device.id,
                office=device.office,
                desk=device.desk,
                signing_key=device.signing_key,
                sealing_key=device.sealing_key,
                enrolled_at=at,
                program=program,
            )
        )

    def revoke(self, office: str, desk: str, at: str) -> int:
        """Withdraws whatever device is this desk; the number of devices withdrawn."""
        statement = (
            update(t.device)
            .where(t.device.c.office == office, t.device.c.desk == desk, t.device.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return self._connection.execute(statement).rowcount

    def seen(self, device: str, at: str, program: str) -> None:
        """Remembers when the device last came, and with which program."""
        self._connection.execute(update(t.device).where(t.device.c.id == device).values(last_seen=at, program=program))

    def all_came(self, office: str) -> bool:
        """Whether this centre was restored, and each desk of the office has come since then or is withdrawn."""
        awaited = select(t.device.c.id).where(
            t.device.c.office == office, t.device.c.revoked_at.is_(None), t.device.c.last_seen.is_(None)
        )
        restored = select(t.head.c.id).where(t.head.c.rev_floor > 0, ~awaited.exists())
        return self._connection.execute(restored).first() is not None

    # Tokens

    def holder(self, hash_: bytes) -> tuple[Token, Device] | None:
        """The token with this hash, and the device that holds it, withdrawn or not."""
        statement = (
            select(t.device, t.token.c.hash, t.token.c.issued_at, t.token.c.used_at)
            .join(t.token, t.token.c.device == t.device.c.id)
            .where(t.token.c.hash == hash_)
        )
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        return Token(row["hash"], row["id"], row["issued_at"], row["used_at"] or ""), _device(row)

    def add_token(self, token: Token) -> None:
        """One more valid token; of those never used only the three newest stay."""
        self._connection.execute(
            insert(t.token).values(hash=token.hash, device=token.device, issued_at=token.issued_at)
        )
        unused = (
            select(t.token.c.hash)
            .where(t.token.c.device == token.device, t.token.c.used_at.is_(None))
            .order_by(t.token.c.issued_at.desc())
        )
        old = list(self._connection.execute(unused).scalars())[3:]
        if old:
            self._connection.execute(delete(t.token).where(t.token.c.hash.in_(old)))

    def use_token(self, token: Token, at: str) -> None:
        """First use: the tokens issued before it are no longer valid."""
        self._connection.execute(update(t.token).where(t.token.c.hash == token.hash).values(used_at=at))
        self._connection.execute(
            delete(t.token).where(t.token.c.device == token.device, t.token.c.issued_at < token.issued_at)
        )

    # Codes

    def code(self, hash_: bytes) -> EnrolCode | None:
        """The code with this hash."""
        row = self._connection.execute(select(t.enrol_code).where(t.enrol_code.c.hash == hash_)).mappings().first()
        if row is None:
            return None
        return EnrolCode(
            row["hash"],
            row["office"],
            row["desk"],
            row["expires_at"],
            row["used_by"] or "",
            row["withdrawn_at"] or "",
        )

    def add_code(self, code: EnrolCode, at: str) -> None:
        """A new code; unused older ones for the same desk are withdrawn."""
        self._connection.execute(
            update(t.enrol_code)
            .where(
                t.enrol_code.c.office == code.office,
                t.enrol_code.c.desk == code.desk,
                t.enrol_code.c.used_by.is_(None),
                t.enrol_code.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=at)
        )
        self._connection.execute(
            insert(t.enrol_code).values(
                hash=code.hash, office=code.office, desk=code.desk, issued_at=at, expires_at=code.expires_at
            )
        )

    def use_code(self, hash_: bytes, device: str) -> None:
        """The code has made this device."""
        self._connection.execute(update(t.enrol_code).where(t.enrol_code.c.hash == hash_).values(used_by=device))

    # Counters

    def counters(self, office: str, desk: str) -> dict[str, int]:
        """Two-digit year -> the highest reference counter known of this desk."""
        rows = self._connection.execute(
            select(t.counter.c.year, t.counter.c.last).where(t.counter.c.office == office, t.counter.c.desk == desk)
        )
        return {row.year: row.last for row in rows}

    def raise_counters(self, office: str, desk: str, known: dict[str, int], counters: dict[str, int]) -> None:
        """Raises the counters, which are `known` in this transaction, to these; none is ever lowered."""
        for year, last in counters.items():
            if year not in known:
                values = {"office": office, "desk": desk, "year": year, "last": last}
                self._connection.execute(insert(t.counter).values(values))
            elif known[year] < last:
                where = (t.counter.c.office == office, t.counter.c.desk == desk, t.counter.c.year == year)
                self._connection.execute(update(t.counter).where(*where).values(last=last))


def _device(row: RowMapping) -> Device:
    return Device(
        id=row["id"],
        office=row["office"],
        desk=row["desk"],
        signing_key=row["signing_key"],
        sealing_key=row["sealing_key"],
        revoked_at=row["revoked_at"] or "",
        last_seen=row["last_seen"] or "",
    )
