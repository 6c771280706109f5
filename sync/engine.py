"""One exchange with the centre: send what waits, receive what changed, until both sides agree.

Never a transaction across the network: each round reads what to send, talks, then applies the whole reply in one write.
A round that fails at any point has changed nothing here, and sending it again changes nothing there.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import Cancelled, ExchangeError, Refused, Revoked
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import epochs, outbox, settings, text_index
from sync import applying, blobs, receiving, recovering
from sync.asking import Asking
from sync.offering import offer
from sync.protocol import ErrorNumber, ResultKind
from sync.reconciling import reconcile
from sync.refusals import not_before
from sync.sending import Heard, Round, go_on_behind, prepare
from sync.transport import Transport
from sync.ways import Watched

_KEPT = timedelta(days=90)  # at least, of an outbox entry that is in a verified backup
_MOST_REFUSALS = 40  # that one exchange puts right; more is no way to agree


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exchange is: the phase (sending, waiting, receiving, applying, files), items done of total, and bytes.

    `bytes_total` is 0 where nobody knows how many there will be.
    """

    phase: str
    done: int
    total: int
    bytes: int
    bytes_total: int = 0


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an exchange did; `changed` names the kinds of record that pages must show anew."""

    sent: int = 0
    applied: int = 0
    merged: int = 0
    conflicts: int = 0
    rejected: int = 0
    received: int = 0
    round_trips: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    seconds: float = 0.0
    changed: frozenset[str] = frozenset()
    clock_offset_seconds: float = 0.0
    blobs_sent: int = 0  # files of which the centre has all bytes now
    blob_bytes: int = 0
    blobs_waiting: int = 0  # files of which it has not
    blobs_code: str = ""  # the number of what stopped them, and the sentence with its way out
    blobs_reason: str = ""


def exchange(
    desk: Desk, transport: Transport, report: Report = lambda _: None, cancelled: Callable[[], bool] = lambda: False
) -> Outcome:
    """Reconcile with the centre. Raises NotEnrolled or an ExchangeError; what was acknowledged before it stays."""
    started = time.monotonic()
    outcome, heard = Outcome(), Heard()
    try:
        with closing(Asking(desk, transport, cancelled)) as asking:
            more = True
            while more:
                outcome, more = _round(desk, transport, asking, heard, outcome, report, cancelled)
                more = more or offer(desk, all_came=heard.all_came)
    except ExchangeError as error:
        if isinstance(error, Revoked):  # what it announced before that the centre still takes: citizens' papers
            blobs.send(desk, transport, cancelled=cancelled, unanswered=True)
        _remember_failure(desk, error, heard.in_doubt)
        raise
    outcome = _send_files(desk, transport, outcome, report, cancelled)
    outcome = replace(outcome, seconds=round(time.monotonic() - started, 3))
    _remember_success(desk, outcome)
    _tidy(desk, cancelled)
    return outcome


def _tidy(desk: Desk, cancelled: Callable[[], bool]) -> None:
    """Merge the pieces in which thousands of records came into the search; a clerk's save gets between two steps."""
    more = True
    while more and not cancelled():
        with desk.store.write() as transaction:
            more = text_index.tidy(transaction)


def _send_files(
    desk: Desk, transport: Transport, so_far: Outcome, report: Report, cancelled: Callable[[], bool]
) -> Outcome:
    """The bytes of attachments, after everything else; what does not get through waits for the next exchange."""
    done = blobs.send(desk, transport, lambda *counted: report(Progress("files", *counted)), cancelled)
    why = done.stopped_by
    return replace(
        so_far,
        blobs_sent=done.files,
        blob_bytes=done.bytes,
        blobs_waiting=done.waiting,
        blobs_code=why.code if why else "",
        blobs_reason=str(why) if why else "",
    )


def _round(
    desk: Desk,
    transport: Transport,
    asking: Asking,
    heard: Heard,
    so_far: Outcome,
    report: Report,
    cancelled: Callable[[], bool],
) -> tuple[Outcome, bool]:
    if cancelled():
        raise Cancelled("Pengiriman dihentikan. Yang belum terkirim tetap menunggu.")
    current = prepare(desk, heard)
    if current.place in heard.places:
        raise ExchangeError(
            "Server kota mengatakan masih ada data, tetapi tidak mengirimkannya. Yang sudah datang tersimpan.",
            way_out="Kirim lagi nanti. Bila berulang, beri tahu pengelola server kota.",
            code="LK-3006",
        )
    total = so_far.sent + current.outstanding
    outgoing = _Outgoing(so_far.sent, total, so_far.bytes_sent, len(current.body), report)
    outgoing.sent(0)
    if isinstance(transport, Watched):
        transport.watch(outgoing.sent)
    try:
        current, answer, arrival = asking.answer(
            current, lambda size: report(Progress("receiving", so_far.sent, total, so_far.bytes_received + size))
        )
        header = applying.open_answer(current, answer.body, answer.encoding)
        offset = arrival.offset(header)
    except ExchangeError as error:
        if current.items and error.may_have_arrived:
            heard.in_doubt[current.epoch] = current.items[-1].n
        sent = so_far.bytes_sent + len(current.body)
        refused = replace(so_far, round_trips=so_far.round_trips + 1, bytes_sent=sent)
        if isinstance(error, Refused) and error.number == ErrorNumber.CURSOR and not heard.compared:
            heard.compared = True
            return _compare(desk, transport, refused, report, cancelled), True
        _mend(desk, current, heard, error)
        return refused, True
    if header.more and header.cursor and current.only_listens and len(current.changes) > applying.MANY:
        asking.ask_ahead(current, header)
    report(Progress("applying", so_far.sent + len(current.results), total, so_far.bytes_received + len(answer.body)))
    touched, more = applying.apply(desk, current, heard, header)
    heard.places.add(current.place)
    heard.all_came = header.all_came
    outcome = _add(so_far, current, touched, len(answer.body), offset)
    report(Progress("applying", outcome.sent, total, outcome.bytes_received))
    return outcome, more or header.more or current.outstanding > len(current.results)


def _compare(
    desk: Desk, transport: Transport, so_far: Outcome, report: Report, cancelled: Callable[[], bool]
) -> Outcome:
    """The centre does not remember this desk's cursor any more."""
    done = reconcile(desk, transport, lambda size: report(Progress("receiving", 0, 0, size)), cancelled)
    return replace(
        so_far,
        received=so_far.received + done.received,
        round_trips=so_far.round_trips + done.round_trips,
        bytes_sent=so_far.bytes_sent + done.bytes_sent,
        bytes_received=so_far.bytes_received + done.bytes_received,
        changed=so_far.changed | done.changed,
    )


def _mend(desk: Desk, current: Round, heard: Heard, error: ExchangeError) -> None:
    """Make the next request one that the centre can accept, or raise the error."""
    heard.refusals += 1
    if not isinstance(error, Refused) or heard.refusals > _MOST_REFUSALS:
        raise error
    if error.number == ErrorNumber.TOKEN and error.challenge and not current.answers_challenge:
        heard.challenge = error.challenge
        return
    if error.number in (ErrorNumber.REVOKED, ErrorNumber.PROTOCOL):
        if go_on_behind(desk, heard, current.epoch, error):
            return
        raise error
    recovering.after_refusal(desk, current.header, error)


def _add(so_far: Outcome, current: Round, touched: receiving.Touched, size: int, offset: float) -> Outcome:
    kinds = [result.result for result in current.results]
    return replace(
        so_far,
        sent=so_far.sent + len(current.results),
        applied=so_far.applied + kinds.count(ResultKind.APPLIED),
        merged=so_far.merged + kinds.count(ResultKind.MERGED),
        conflicts=so_far.conflicts + kinds.count(ResultKind.CONFLICT),
        rejected=so_far.rejected + kinds.count(ResultKind.REJECTED),
        received=so_far.received + touched.received,
        round_trips=so_far.round_trips + 1,
        bytes_sent=so_far.bytes_sent + len(current.body),
        bytes_received=so_far.bytes_received + size,
        changed=so_far.changed | touched.kinds,
        clock_offset_seconds=offset,
    )


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """Tells how much of a request has left."""

    done: int
    total: int
    before: int  # bytes of earlier requests
    size: int
    report: Report

    def sent(self, bytes_: int) -> None:
        """So many bytes of this request have left."""
        phase = "waiting" if bytes_ >= self.size else "sending"
        self.report(Progress(phase, self.done, self.total, self.before + bytes_, self.before + self.size))


def _remember_success(desk: Desk, outcome: Outcome) -> None:
    with desk.store.write() as transaction:
        settings.put(
            transaction,
            settings.LAST_EXCHANGE,
            {
                "at": utc_text(desk.now()),
                "sent": outcome.sent,
                "received": outcome.received,
                "clock_offset_seconds": outcome.clock_offset_seconds,
            },
        )
        settings.put(transaction, settings.LAST_FAILURE, None)
        # By the clock that also stamped the answers: this machine's may be years ahead, or have been.
        at_centre = desk.now() - timedelta(seconds=outcome.clock_offset_seconds)
        epochs.prune(transaction, utc_text(at_centre - _KEPT))


def _remember_failure(desk: Desk, error: ExchangeError, in_doubt: dict[str, int]) -> None:
    if isinstance(error, Cancelled):
        return
    at = utc_text(desk.now())
    with desk.store.write() as transaction:
        before = settings.get(transaction, settings.LAST_FAILURE)
        same = before is not None and before["kind"] == type(error).__name__
        for end in (epochs.next_turn(transaction).end, outbox.tail(transaction)):
            outbox.mark_tried(transaction, end.epoch, end.n, at)
        settings.put(
            transaction,
            settings.LAST_FAILURE,
            {
                "at": at,
                "since": before["since"] if same else at,
                "kind": type(error).__name__,
                "code": error.code,
                "title": error.title,
                "message": error.message,
                "way_out": error.way_out,
                "in_doubt": (before or {}).get("in_doubt", {}) | in_doubt,
                "not_before": not_before(error, desk.now()),
            },
        )
