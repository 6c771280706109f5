"""Officers: the first one, signing in, who may do what, and whose name stands in every record."""

import json
import logging
from dataclasses import replace

import pytest

from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.entry_errors import NotAllowed, SignInNeeded, WrongPin
from kelurahan_client.domain.roles import Role
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import (
    audit,
    deciding,
    doctor,
    handling,
    intake,
    lists,
    network,
    officers,
    signing_in,
    taking_back,
)
from kelurahan_client.services.desk import Desk, current_officer, find_identity, set_officer
from kelurahan_client.services.paper import PaperKind
from kelurahan_client.store import audit as audit_lines
from kelurahan_client.store import officers as rows
from kelurahan_client.store import outbox, settings
from kelurahan_client.store.audit import AuditFilter
from kelurahan_client.store.engine import open_store
from kelurahan_client.store.key import SERVICE
from tests.desk_making import DeskAt, register
from tests.officers_at_work import CHEAP, OTHER_PIN, PIN, ForgetfulKeyring, Guarded


def test_the_first_officer_may_do_everything_and_is_at_work(guarded: Guarded) -> None:
    (norhasanah,) = officers.everybody(guarded.desk)
    assert (norhasanah.name, norhasanah.role) == ("Norhasanah", Role.ADMIN)
    assert norhasanah.at_work
    assert norhasanah.has_pin
    assert current_officer(guarded.desk).name == "Norhasanah"


def test_an_existing_desk_keeps_its_data_and_loses_its_plain_key(enrolled_config: Config, desk_at: DeskAt) -> None:
    old = replace(desk_at(enrolled_config), pin_cost=CHEAP)
    made = register(old)
    assert enrolled_config.key_file.exists()
    signing_in.create_first(old, "Norhasanah", PIN)
    assert not enrolled_config.key_file.exists()
    assert old.store.key_place == "pin+file"
    assert lists.detail(old, made.id).complaint.reference == made.reference
    old.store.close()
    with pytest.raises(SignInNeeded):
        open_store(enrolled_config, None)


def test_the_plain_key_leaves_the_keyring_too(enrolled_config: Config, desk_at: DeskAt) -> None:
    ring = ForgetfulKeyring()
    name = (SERVICE, str(enrolled_config.database))
    ring.kept[name] = enrolled_config.key_file.read_text()
    enrolled_config.key_file.unlink()
    desk = replace(desk_at(enrolled_config, ring), pin_cost=CHEAP)
    signing_in.create_first(desk, "Norhasanah", PIN)
    assert name not in ring.kept
    assert desk.store.key_place == "pin+keyring"
    assert not enrolled_config.machine_file.exists()


def test_a_cut_before_the_plain_key_went_is_mended_at_the_next_sign_in(guarded: Guarded) -> None:
    admin = guarded.admin
    raw = guarded.desk.store.key.raw
    guarded.config.key_file.write_text(raw.hex())
    guarded.desk.store.close()
    with pytest.raises(SignInNeeded):  # though the plain key lies there
        open_store(guarded.config, None)
    guarded.reopen(admin, PIN)
    assert not guarded.config.key_file.exists()


def test_a_cut_before_the_row_was_written_is_mended_and_the_code_is_owed(guarded: Guarded, desk_at: DeskAt) -> None:
    admin = guarded.admin
    with guarded.desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM officer")
    guarded.desk.store.close()
    key = signing_in.vault(guarded.desk).unlock(admin, PIN)
    again = replace(desk_at(guarded.config, None, key), pin_cost=CHEAP)
    entered = signing_in.enter(again, admin, key)
    assert entered.owes_code
    assert [(one.id, one.role) for one in officers.everybody(again)] == [(admin, Role.ADMIN)]
    signing_in.code_was_kept(again)
    assert not signing_in.sign_in(again, admin, PIN).owes_code


def test_officers_whom_an_older_backup_does_not_know_come_in_all_the_same(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.VERIFIER)
    with guarded.desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM officer WHERE id = ?", (yusuf,))
    guarded.sign_in(yusuf)
    assert [(one.name, one.role) for one in officers.everybody(guarded.desk)] == [
        ("Norhasanah", Role.ADMIN),
        ("Muhammad Yusuf", Role.VERIFIER),
    ]


class StubbornKeyring(ForgetfulKeyring):
    """A keyring that does not let go."""

    def delete_password(self, service: str, name: str) -> None:
        pass


def test_a_plain_key_that_stays_is_told(enrolled_config: Config, desk_at: DeskAt) -> None:
    ring = StubbornKeyring()
    ring.kept[SERVICE, str(enrolled_config.database)] = enrolled_config.key_file.read_text()
    enrolled_config.key_file.unlink()
    desk = replace(desk_at(enrolled_config, ring), pin_cost=CHEAP)
    signing_in.create_first(desk, "Norhasanah", PIN)
    problems = doctor.examine(desk, find_identity(desk)).problems
    assert any("masih ada di luar PIN" in one for one in problems)


def test_a_desk_gets_its_first_officer_once(guarded: Guarded) -> None:
    with pytest.raises(InputError, match="sudah mempunyai"):
        signing_in.create_first(guarded.desk, "Orang lain", OTHER_PIN)


@pytest.mark.parametrize(
    ("name", "pin", "field"), [("", PIN, "name"), ("x" * 101, PIN, "name"), ("Ani", "123456", "pin")]
)
def test_a_first_officer_that_will_not_do_changes_nothing(desk: Desk, name: str, pin: str, field: str) -> None:
    with pytest.raises(FieldErrors) as raised:
        signing_in.create_first(desk, name, pin)
    assert list(raised.value.fields) == [field]
    assert not desk.store.config.officers_file.exists()
    assert desk.store.config.key_file.exists()


def test_every_record_names_whoever_signed_in(guarded: Guarded) -> None:
    desk = guarded.desk
    made = register(desk)
    yusuf = guarded.add("Muhammad Yusuf", Role.VERIFIER)
    guarded.sign_in(yusuf)
    set_officer(desk, "Orang lain")  # a setting of before has no say
    handling.follow_up(desk, made.id, "Sudah ditelepon.")
    handling.transition(desk, made.id, Status.VERIFIED)
    story = lists.detail(desk, made.id).timeline
    assert {entry.actor for entry in story if entry.kind in ("follow_up", "status")} >= {"Muhammad Yusuf"}
    with desk.store.read() as transaction:
        actors = [json.loads(one.line)["actor"] for one in outbox.unanswered_of(transaction, made.id)]
    assert actors == ["Norhasanah", "Muhammad Yusuf", "Muhammad Yusuf"]


def test_drafts_carry_their_officer(guarded: Guarded) -> None:
    guarded.sign_in(guarded.add("Muhammad Yusuf", Role.CLERK))
    intake.save_draft(guarded.desk, {"title": "Lampu"}, None)
    assert [draft.officer for draft in intake.open_drafts(guarded.desk)] == ["Muhammad Yusuf"]


def test_a_clerk_is_refused_what_is_not_a_clerks(guarded: Guarded) -> None:
    desk = guarded.desk
    made = register(desk)
    guarded.sign_in(guarded.add("Muhammad Yusuf", Role.CLERK))
    refused = {
        "Mengubah status hanya untuk verifikator": lambda: handling.transition(desk, made.id, Status.VERIFIED),
        "Disposisi ke SKPD": lambda: handling.transition(desk, made.id, Status.REFERRED, agency="PUPR"),
        "Memutuskan konflik": lambda: deciding.take_side(desk, "c", "1"),
        "Memutuskan": lambda: taking_back.take_back(desk, "c"),
        "Mengatur petugas hanya untuk admin loket": lambda: officers.add(desk, "Ani", Role.ADMIN, OTHER_PIN),
        "Mengatur": lambda: officers.new_recovery_code(desk),
        "Mengubah pengaturan": lambda: network.use_no_proxy(desk),
        "Mengubah": lambda: officers.set_lock_minutes(desk, 5),
    }
    for words, work in refused.items():
        with pytest.raises(NotAllowed, match=words):
            work()
    assert lists.detail(desk, made.id).complaint.status is Status.RECEIVED
    assert lists.detail(desk, made.id).steps == ()  # so no button offers what would be refused
    register(desk)
    handling.follow_up(desk, made.id, "Pelapor datang lagi.")


def test_higher_roles_may_more(guarded: Guarded) -> None:
    desk = guarded.desk
    made = register(desk)
    guarded.sign_in(guarded.add("Ahmad Rifani", Role.VERIFIER))
    assert {step.to for step in lists.detail(desk, made.id).steps} >= {Status.VERIFIED}
    handling.transition(desk, made.id, Status.VERIFIED)
    assert lists.reveal(desk, made.id, "menelepon").reporter_phone
    guarded.sign_in(guarded.admin, PIN)
    guarded.sign_in(guarded.add("H. Syahrani", Role.HEAD))
    with pytest.raises(NotAllowed):
        officers.rename(desk, guarded.admin, "Ani")


def test_a_new_role_holds_at_once_and_over_a_restart(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.CLERK)
    officers.set_role(guarded.desk, yusuf, Role.ADMIN)
    officers.set_role(guarded.desk, guarded.admin, Role.CLERK)
    with pytest.raises(NotAllowed):
        officers.add(guarded.desk, "Ani", Role.CLERK, OTHER_PIN)
    again = guarded.reopen(yusuf, OTHER_PIN)
    officers.add(again, "Ani", Role.CLERK, PIN)


def test_there_is_always_an_admin(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.CLERK)
    with pytest.raises(InputError, match="paling sedikit satu admin loket"):
        officers.set_role(guarded.desk, guarded.admin, Role.HEAD)
    officers.set_role(guarded.desk, yusuf, Role.ADMIN)
    officers.set_role(guarded.desk, guarded.admin, Role.HEAD)


def test_whoever_left_does_not_get_in_and_keeps_the_name_in_the_records(guarded: Guarded) -> None:
    desk = guarded.desk
    yusuf = guarded.add("Muhammad Yusuf", Role.CLERK)
    guarded.sign_in(yusuf)
    made = register(desk)
    handling.follow_up(desk, made.id, "Sudah ditelepon.")
    guarded.sign_in(guarded.admin, PIN)
    officers.retire(desk, yusuf)
    with pytest.raises(WrongPin):
        guarded.sign_in(yusuf)
    with pytest.raises(NotFound):
        officers.rename(desk, yusuf, "Siapa pun")
    assert [one.name for one in officers.everybody(desk)] == ["Norhasanah"]
    assert lists.detail(desk, made.id).timeline[0].actor == "Muhammad Yusuf"
    guarded.add("Muhammad Yusuf", Role.CLERK)  # somebody else of that name may come


def test_nobody_retires_himself(guarded: Guarded) -> None:
    guarded.add("Muhammad Yusuf", Role.ADMIN)
    with pytest.raises(InputError, match="sedang masuk"):
        officers.retire(guarded.desk, guarded.admin)


def test_a_cut_after_the_row_lets_nobody_in_who_left(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.CLERK)
    with guarded.desk.store.write() as transaction:
        rows.change(transaction, yusuf, retired_at=guarded.desk.now())
    with pytest.raises(WrongPin, match="sudah tidak bertugas"):
        guarded.sign_in(yusuf)
    file = signing_in.vault(guarded.desk).file()
    assert file is not None
    assert [entry.name for entry in file.entries] == ["Norhasanah"]
    assert current_officer(guarded.desk).name == "Norhasanah"


def test_a_cut_before_the_pin_was_kept_leaves_somebody_to_be_given_one(guarded: Guarded) -> None:
    with guarded.desk.store.write() as transaction:
        rows.add(transaction, rows.OfficerRow("o9", "Ani", Role.CLERK, guarded.desk.now()))
    assert [one.has_pin for one in officers.everybody(guarded.desk)] == [True, False]
    officers.set_pin(guarded.desk, "o9", OTHER_PIN)
    guarded.sign_in("o9")
    assert current_officer(guarded.desk).name == "Ani"


def test_names_are_one_persons(guarded: Guarded) -> None:
    with pytest.raises(FieldErrors, match="Sudah ada"):
        guarded.add("norhasanah", Role.CLERK)
    officers.rename(guarded.desk, guarded.admin, "Hj. Norhasanah, S.Sos")
    assert current_officer(guarded.desk).name == "Hj. Norhasanah, S.Sos"
    file = signing_in.vault(guarded.desk).file()
    assert file is not None
    assert file.entries[0].name == "Hj. Norhasanah, S.Sos"


def test_the_own_pin_needs_the_old_one(guarded: Guarded) -> None:
    with pytest.raises(WrongPin):
        officers.change_own_pin(guarded.desk, OTHER_PIN, "481516")
    with pytest.raises(FieldErrors, match="mudah ditebak"):
        officers.change_own_pin(guarded.desk, PIN, "111111")
    officers.change_own_pin(guarded.desk, PIN, "481516")
    guarded.sign_in(guarded.admin, "481516")
    with pytest.raises(WrongPin):
        guarded.sign_in(guarded.admin, PIN)


def newest(guarded: Guarded, count: int) -> list[tuple[str, str]]:
    """Who did what, by the newest lines of the log."""
    with guarded.desk.store.read() as transaction:
        numbers = audit_lines.numbers(transaction, AuditFilter())[:count]
        found = audit.rows(transaction, audit_lines.by_numbers(transaction, numbers))
    return [(row.actor, row.detail) for row in found]


def test_the_recovery_code_gives_a_new_pin_and_is_used_up(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.CLERK)
    with pytest.raises(WrongPin):
        signing_in.recover(guarded.desk, guarded.code[:-1] + "0", yusuf, "481516")
    following = signing_in.recover(guarded.desk, guarded.code, yusuf, "481516")
    assert current_officer(guarded.desk).name == "Muhammad Yusuf"
    with pytest.raises(WrongPin):
        signing_in.recover(guarded.desk, guarded.code, yusuf, "481517")
    guarded.sign_in(yusuf, "481516")
    assert signing_in.vault(guarded.desk).unlock_with_code(following).raw == guarded.desk.store.key.raw
    assert newest(guarded, 2)[1] == ("Muhammad Yusuf", "Muhammad Yusuf masuk dengan kode pemulihan.")


def test_the_recovery_code_is_for_paper(guarded: Guarded) -> None:
    paper = officers.recovery_paper(guarded.desk, guarded.code)
    assert paper.kind is PaperKind.RECOVERY
    assert all(group in paper.html for group in guarded.code.split("-"))
    assert "Kelurahan Alalak Selatan, loket A" in paper.html
    assert guarded.code not in paper.file_name + paper.title + paper.subject


def test_a_file_of_other_data_does_not_get_in(guarded: Guarded, tmp_path_factory: pytest.TempPathFactory) -> None:
    keeper = signing_in.vault(guarded.desk)
    keeper.put(bytes(32), signing_in.Person("o7", "Orang lain", Role.ADMIN), OTHER_PIN)
    with pytest.raises(WrongPin, match="data lain"):
        guarded.sign_in("o7")
    assert current_officer(guarded.desk).name == "Norhasanah"


def test_who_did_what_about_officers_is_kept(guarded: Guarded) -> None:
    yusuf = guarded.add("Muhammad Yusuf", Role.CLERK)
    officers.set_role(guarded.desk, yusuf, Role.VERIFIER)
    officers.set_pin(guarded.desk, yusuf, "481516")
    officers.retire(guarded.desk, yusuf)
    assert newest(guarded, 5) == [
        ("Norhasanah", "Muhammad Yusuf tidak bertugas lagi."),
        ("Norhasanah", "PIN baru untuk Muhammad Yusuf."),
        ("Norhasanah", "Peran Muhammad Yusuf menjadi verifikator."),
        ("Norhasanah", "Muhammad Yusuf ditambahkan sebagai petugas loket."),
        ("Norhasanah", ""),  # signed in
    ]


def test_minutes_until_the_lock(guarded: Guarded) -> None:
    assert officers.lock_minutes(guarded.desk) == 10
    officers.set_lock_minutes(guarded.desk, 2)
    assert officers.lock_minutes(guarded.desk) == 2
    with pytest.raises(InputError):
        officers.set_lock_minutes(guarded.desk, 0)


def test_nothing_of_pins_keys_and_codes_is_logged(
    enrolled_config: Config, desk_at: DeskAt, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = replace(desk_at(enrolled_config), pin_cost=CHEAP)
    code = signing_in.create_first(desk, "Norhasanah", PIN)
    admin = officers.everybody(desk)[0].id
    said = []
    for _ in range(7):
        try:
            signing_in.sign_in(desk, admin, OTHER_PIN)
        except WrongPin as error:
            said.append(f"{error!r} {error}")
    with pytest.raises(WrongPin) as raised:
        signing_in.recover(desk, code[:10] + code[9:], admin, OTHER_PIN)
    said.append(repr(raised.value))
    text = caplog.text + "".join(said) + repr(desk.store.key)
    for secret in (PIN, OTHER_PIN, code, desk.store.key.raw.hex(), repr(desk.store.key.raw)):
        assert secret not in text


def test_a_desk_without_officers_works_as_before(desk: Desk) -> None:
    set_officer(desk, "Norhasanah")
    made = register(desk)
    handling.transition(desk, made.id, Status.VERIFIED)
    lists.reveal(desk, made.id, "menelepon")
    assert lists.detail(desk, made.id).timeline[0].actor == "Norhasanah"
    with desk.store.read() as transaction:
        assert settings.get(transaction, settings.RECOVERY_SEEN) is None
