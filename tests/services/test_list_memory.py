"""What Daftar remembers: filters by name, columns, what was half typed, texts to answer with."""

from datetime import date

import pytest

from kelurahan_client.domain.complaint import MAX_NOTE, Channel, Status, SyncState
from kelurahan_client.errors import InputError
from kelurahan_client.services import list_memory, own_replies, saved_filters
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.list_memory import Columns
from kelurahan_client.services.lists import ListFilter, Sort
from kelurahan_client.services.reply_templates import OwnReply, replies
from kelurahan_client.services.saved_filters import MOST, SavedFilter
from tests.desk_making import FakeClock, register


def test_a_saved_filter_comes_back_as_it_was(desk: Desk) -> None:
    wanted = ListFilter(
        search="titian",
        statuses=frozenset({Status.REFERRED, Status.ON_HOLD}),
        agency="DISHUB",
        category="JALAN",
        channel=Channel.PHONE,
        sync_states=frozenset({SyncState.PENDING}),
        received_from=date(2026, 7, 3),
        received_to=date(2026, 7, 9),
        sort=Sort.AGENCY,
        descending=False,
    )
    assert saved_filters.save_filter(desk, "  Titian  Dishub ", wanted) == [SavedFilter("Titian Dishub", wanted)]
    assert saved_filters.saved_filters(desk) == [SavedFilter("Titian Dishub", wanted)]


def test_days_that_were_meant_to_move_move(desk: Desk, clock: FakeClock) -> None:
    late = ListFilter(due_before=date(2026, 8, 3), received_from=date(2026, 8, 1), received_to=date(2026, 8, 3))
    soon = ListFilter(due_from=date(2026, 8, 3), due_until=date(2026, 8, 5))
    saved_filters.save_filter(desk, "Terlambat", late)
    saved_filters.save_filter(desk, "Segera", soon)
    clock.move(days=31)  # Thursday, 3 September
    found = {one.name: one.wanted for one in saved_filters.saved_filters(desk)}
    assert found["Terlambat"] == ListFilter(
        due_before=date(2026, 9, 3), received_from=date(2026, 9, 1), received_to=date(2026, 9, 3)
    )
    assert (found["Segera"].due_from, found["Segera"].due_until) == (date(2026, 9, 3), date(2026, 9, 7))


def test_the_same_name_replaces_and_a_removed_one_is_gone(desk: Desk) -> None:
    saved_filters.save_filter(desk, "Titian", ListFilter(search="titian"))
    saved_filters.save_filter(desk, "TITIAN", ListFilter(search="jembatan"))
    assert [one.name for one in saved_filters.saved_filters(desk)] == ["TITIAN"]
    assert saved_filters.remove_filter(desk, "TITIAN") == []
    assert saved_filters.remove_filter(desk, "TITIAN") == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_filter_needs_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(InputError, match="nama saringan"):
        saved_filters.save_filter(desk, name, ListFilter())


def test_there_is_an_end_to_them(desk: Desk) -> None:
    for number in range(MOST):
        saved_filters.save_filter(desk, f"Nomor {number}", ListFilter())
    with pytest.raises(InputError, match=str(MOST)):
        saved_filters.save_filter(desk, "satu lagi", ListFilter())
    assert len(saved_filters.save_filter(desk, "nomor 7", ListFilter(search="x"))) == MOST


def test_columns_are_remembered(desk: Desk) -> None:
    assert list_memory.columns(desk) == Columns()
    chosen = Columns(("title", "due"), {"title": 240})
    list_memory.keep_columns(desk, chosen)
    assert list_memory.columns(desk) == chosen


def test_replies_are_filled_in_and_name_nobody_who_is_hidden(desk: Desk) -> None:
    made = register(desk, agency="PUPR")
    texts = {one.name: one.text for one in replies(desk, made.id)}
    assert next(iter(texts)) == "Pengaduan diterima"
    assert texts["Pengaduan diterima"].startswith(f"Yth. Siti Aminah, pengaduan Anda nomor {made.reference} ")
    assert "Kelurahan Alalak Selatan pada 3 Agustus 2026" in texts["Pengaduan diterima"]
    assert desk.reference.agencies["PUPR"].name in texts["Diteruskan ke SKPD"]
    assert not any("$" in text for text in texts.values())
    hidden = register(desk, anonymous=True)
    assert all(one.text.startswith("Yth. Bapak/Ibu") for one in replies(desk, hidden.id))


def test_a_text_of_ones_own_names_nobody_and_is_filled_in_for_whoever_comes(desk: Desk) -> None:
    made, other = register(desk), register(desk, reporter_name="Hj. Rusmiati")
    written = f"Yth. {made.reporter_name}, nomor {made.reference}: biayanya $5, datang besok. Petugas"
    template = own_replies.for_others(desk, made.id, written)
    assert made.reporter_name not in template
    assert made.reference not in template
    assert [one.name for one in own_replies.keep_reply(desk, " Datang  besok ", template)] == ["Datang besok"]
    found = {one.name: one for one in replies(desk, other.id)}
    assert next(iter(found)) == "Datang besok"
    assert found["Datang besok"].own
    assert (
        found["Datang besok"].text == f"Yth. Hj. Rusmiati, nomor {other.reference}: biayanya $5, datang besok. Petugas"
    )
    hidden = register(desk, anonymous=True)
    assert "Siti" not in replies(desk, hidden.id)[0].text
    own_replies.keep_reply(desk, "Datang lusa", "Besok lusa.", instead_of="Datang besok")
    own_replies.keep_reply(desk, "datang LUSA", "Lusa.")
    assert own_replies.own_replies(desk) == [OwnReply("datang LUSA", "Lusa.")]
    for name, text in (("", "isi"), ("x" * 61, "isi"), ("nama", " \n "), ("nama", "x" * (MAX_NOTE + 1))):
        with pytest.raises(InputError):
            own_replies.keep_reply(desk, name, text)
    assert own_replies.remove_reply(desk, "datang LUSA") == []
