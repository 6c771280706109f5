"""What `break_on_purpose` breaks: one promise of the exchange at a time, by changing an exact piece of the code."""

from dataclasses import dataclass

_G = "tests/guarantees/test_g"
_G1 = f"{_G}1_acknowledged_is_kept.py"
_G2 = f"{_G}2_exactly_once.py"
_G4 = f"{_G}4_every_value_survives.py"
_G5 = f"{_G}5_nothing_is_skipped.py"
_G6 = f"{_G}6_no_clock_decides.py"
_G7 = f"{_G}7_no_item_blocks.py"
_G8 = f"{_G}8_restored_or_cloned_loses_nothing.py"
_G9 = f"{_G}9_the_unknown_is_kept.py"
_BAD_WAYS = "tests/together/test_broken_network.py"
_CLONES = "tests/together/test_desk_restored_or_cloned.py"
_EDITS = "tests/together/test_edits_meet.py"
_ENROLLED_AGAIN = "tests/together/test_enrolled_again.py"
_HELD_STICKS = "tests/together/test_held_bundles.py"
_LOST_VALUES = "tests/together/test_values_of_a_lost_past.py"
_RESTORES = "tests/together/test_server_restored.py"
_DESK_ENDS = f"{_G1}::test_a_desk_keeps_what_it_said_wherever_it_ends"
_SETTINGS = f"{_G1}::test_the_settings_under_which_a_commit_is_on_the_disk"
_EXCHANGE_ENDS = f"{_G1}::test_an_exchange_that_ends_anywhere_at_either_side"
_FETCH_ENDS = f"{_G1}::test_a_fetch_that_ends_anywhere"


@dataclass(frozen=True, slots=True)
class Break:
    """`old`, which stands exactly once in `file`, becomes `new`; at least one of `tests` must then fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


BREAKS = (
    Break(
        "a page asked ahead is believed whatever the desk has to say",
        "sync/asking.py",
        "if ahead is not None and ahead.round.is_like(current):",
        "if ahead is not None:",
        ("tests/sync/test_asking_ahead.py",),
    ),
    Break(
        "merge: the last one wins",
        "sync/merge.py",
        "        return merge_status(server, desk)\n    return Merged(server, Verdict.CONFLICT, (desk,))",
        "        return merge_status(server, desk)\n    return Merged(desk, Verdict.DESK, (server,))",
        (_G4,),
    ),
    Break(
        "merge: the safer choice loses",
        "sync/merge.py",
        "if _danger(field, desk) < _danger(field, server) else",
        "if _danger(field, desk) > _danger(field, server) else",
        ("tests/sync/test_merge.py",),
    ),
    Break(
        "conflict: a side is dropped",
        "central_server/conflicts.py",
        '"sides": [msgspec.to_builtins(one) for one in sides]',
        '"sides": [msgspec.to_builtins(one) for one in sides[1:]]',
        (_G4,),
    ),
    Break(
        "history: a value that lost is not kept",
        "central_server/applying.py",
        "if verdict is not Verdict.SAME and asked.value != stands:",
        "if verdict is Verdict.CONFLICT and asked.value != stands:",
        (_G4,),
    ),
    Break(
        "quarantine: what was let go stays refused at its desk",
        "sync/receiving.py",
        "    _let_go(transaction, known, touched)\n",
        "",
        ("tests/sync/test_receiving.py",),
    ),
    Break(
        "cursor: committed before the changes that it speaks of",
        "sync/applying.py",
        "        receiving.apply_changes(transaction, current.changes, touched, header.schema[1])\n",
        "        _keep_position(transaction, current, header)\n"
        "        transaction.connection.commit()\n"
        "        transaction.connection.begin()\n"
        "        receiving.apply_changes(transaction, current.changes, touched, header.schema[1])\n",
        (_EXCHANGE_ENDS,),
    ),
    Break(
        "cursor: head and rows from two snapshots",
        "central_server/store/engine.py",
        'isolation_level="REPEATABLE READ"',
        'isolation_level="READ COMMITTED"',
        (_G5,),
    ),
    Break(
        "cursor: a page that is cut short says it was the last",
        "central_server/store/feed.py",
        "return FeedPage(tuple(found), cursor, more=cursor < head, pruned=pruned)\n\n",
        "return FeedPage(tuple(found), head, more=False, pruned=pruned)\n\n",
        ("tests/together/test_many_at_once.py",),
    ),
    Break(
        "cursor: the seq is taken before the lock",
        "central_server/store/writer.py",
        "connection.execute(lock.returning(t.head.c.seq, t.head.c.rev_floor)).one()",
        "connection.execute(select(t.head.c.seq, t.head.c.rev_floor)).one()",
        (_G5,),
    ),
    Break(
        "idempotency: what was said before is not looked up",
        "central_server/reception.py",
        "            said = known.get(item.n)\n",
        "            said = None\n",
        (_G2,),
    ),
    Break(
        "idempotency: what was said before is applied again",
        "central_server/reception.py",
        "answered.append(Answered(item, replayed_answer(said)))\n                continue",
        "answered.append(Answered(item, self._answer(item)))\n                continue",
        (_G2,),
    ),
    Break(
        "outbox: in a second transaction after the row",
        "kelurahan_client/services/registering.py",
        "    actor = officer(transaction).name\n",
        "    transaction.connection.commit()\n"
        "    transaction.connection.begin()\n"
        "    actor = officer(transaction).name\n",
        (f"{_DESK_ENDS}[register]",),
    ),
    Break(
        "answers and changes in two transactions",
        "sync/applying.py",
        "        receiving.apply_results(transaction, current.epoch, current.results, header.server_time, touched)\n"
        "        receiving.apply_changes(",
        "        receiving.apply_results(transaction, current.epoch, current.results, header.server_time, touched)\n"
        "        settings.put(transaction, settings.CURSOR, "
        '{"server_epoch": header.server_epoch, "cursor": header.cursor})\n'
        "        transaction.connection.commit()\n"
        "        transaction.connection.begin()\n"
        "        receiving.apply_changes(",
        (_EXCHANGE_ENDS,),
    ),
    Break(
        "safer: only who comes second is told",
        "central_server/applying.py",
        "        if verdict is Verdict.SAFER:\n",
        "        if verdict is Verdict.SAME:\n",
        (f"{_EDITS}::test_the_safer_choice_stands_whoever_is_first",),
    ),
    Break(
        "withdrawn: only the first page comes",
        "sync/sending.py",
        "        return next(_unsaid(transaction, heard), None) is not None",
        "        return False",
        (f"{_G7}::test_all_that_waits_at_a_withdrawn_desk_comes_into_quarantine",),
    ),
    Break(
        "numbers: a new computer goes on where the old one was heard",
        "central_server/enrolment.py",
        "_GAP = 1_000",
        "_GAP = 0",
        (f"{_G7}::test_a_computer_that_follows_another_never_gives_a_number_twice",),
    ),
    Break(
        "enrolled again: what was answered before the restore is not said again",
        "sync/recovering.py",
        'everything = heard.get("server_epoch") != server_epoch',
        "everything = False",
        (_ENROLLED_AGAIN,),
    ),
    Break(
        "enrolled again: what another device said is sent as it was",
        "sync/recovering.py",
        " or epochs.is_former(transaction, epoch)",
        "",
        (_ENROLLED_AGAIN,),
    ),
    Break(
        "fsync: the desk's database",
        "kelurahan_client/store/engine.py",
        '"PRAGMA synchronous=FULL"',
        '"PRAGMA synchronous=OFF"',
        (_SETTINGS,),
    ),
    Break(
        "fsync: the centre's database",
        "central_server/store/engine.py",
        '"PRAGMA synchronous=FULL"',
        '"PRAGMA synchronous=OFF"',
        (_SETTINGS,),
    ),
    Break(
        "fsync: PostgreSQL as its administrator likes",
        "central_server/store/engine.py",
        '    options.append("-c synchronous_commit=on")',
        '    options.append("")',
        (f"{_G1}::test_postgresql_waits_for_the_disk_whatever_its_administrator_has_set",),
    ),
    Break(
        "fsync: the bytes of a file at the desk",
        "kelurahan_client/store/blob_files.py",
        "        file.flush()\n        os.fsync(file.fileno())\n",
        "        file.flush()\n",
        (f"{_DESK_ENDS}[attach]",),
    ),
    Break(
        "fsync: the name of a file at the desk",
        "kelurahan_client/store/blob_files.py",
        "    part.replace(target)\n    sync_folder(target.parent)\n",
        "    part.replace(target)\n",
        (f"{_DESK_ENDS}[attach]", _FETCH_ENDS),
    ),
    Break(
        "fsync: a piece at the centre",
        "central_server/blob_store.py",
        "                file.flush()\n                os.fsync(file.fileno())\n",
        "                file.flush()\n",
        (_EXCHANGE_ENDS,),
    ),
    Break(
        "fsync: the name of a file at the centre",
        "central_server/blob_store.py",
        "            source.replace(target)\n            sync_folder(target.parent)\n",
        "            source.replace(target)\n",
        (_EXCHANGE_ENDS,),
    ),
    Break(
        "files: the row before the bytes",
        "kelurahan_client/services/attachments.py",
        "        desk.store.blob_files.put(taken.sha256, content, desk.random(SALT_BYTES))\n"
        "        return _attached(desk, transaction, stored, known, taken)\n",
        "        made = _attached(desk, transaction, stored, known, taken)\n"
        "        transaction.connection.commit()\n"
        "        transaction.connection.begin()\n"
        "        desk.store.blob_files.put(taken.sha256, content, desk.random(SALT_BYTES))\n"
        "        return made\n",
        (f"{_DESK_ENDS}[attach]",),
    ),
    Break(
        "epoch: another hash of the past is not noticed",
        "central_server/reception.py",
        "    if known.hex() != header.last_hash.lower():\n",
        "    if known.hex() == header.device:\n",
        (_RESTORES, "tests/central_server/test_other_pasts.py"),
    ),
    Break(
        "epoch: another mutation under a known number is not noticed",
        "central_server/reception.py",
        "                if said.hash != last_hash:\n",
        '                if said.hash == b"":\n',
        (_G8, _CLONES),
    ),
    Break(
        "epoch: a restored centre goes on with the old one",
        "central_server/store/archive.py",
        "values(server_epoch=server_epoch)",
        "values(server_epoch=t.identity.c.server_epoch)",
        (_G8, _RESTORES),
    ),
    Break(
        "stick: what is released from one of another past does not count as said again",
        "central_server/waiting.py",
        "        mutation = msgspec.structs.replace(mutation, again=True)\n",
        "        pass\n",
        (f"{_HELD_STICKS}::test_a_copy_that_says_it_too_changes_nothing",),
    ),
    Break(
        "stick: what is discarded is gone",
        "central_server/held.py",
        "kept = request if lost else replace(request, body=None)",
        "kept = replace(request, body=None)",
        (f"{_HELD_STICKS}::test_what_is_discarded_is_told_written_down_and_can_still_be_released",),
    ),
    Break(
        "restore: a desk goes on showing a figure that the centre has lost",
        "sync/offering.py",
        "    losses.forget_reference(transaction)\n",
        "",
        ("tests/together/test_national_figures_travel.py",),
    ),
    Break(
        "restore: revisions are given a second time",
        "central_server/store/archive.py",
        "floor = max(before + REV_STEP, seconds * REV_STEP)",
        "floor = before + 1",
        (_RESTORES, "tests/together/test_copies_in_any_order.py"),
    ),
    Break(
        "restore: a newer value of a desk that is gone is written over",
        "sync/receiving.py",
        "    lost_values.remember(transaction, lost)\n",
        "",
        (_LOST_VALUES,),
    ),
    Break(
        "restore: a value of the lost past goes over what was written since",
        "central_server/lost_past.py",
        "                was[name] = standing[0].was\n",
        "                was[name] = record.body.get(name)\n",
        (_LOST_VALUES,),
    ),
    Break(
        "restore: a new computer gives numbers that only a colleague knows",
        "central_server/enrolment.py",
        "                self._leave_a_gap(session, code)\n",
        "",
        (_RESTORES,),
    ),
    Break(
        "restore: a conflict of a desk that is gone is not asked again",
        "kelurahan_client/store/losses.py",
        "    lost_questions.remember(transaction, [one for one in found if 1 <= one.rev <= floor])\n",
        "",
        ("tests/together/test_questions_of_a_lost_past.py",),
    ),
    Break(
        "restore: what a colleague has written over is nowhere any more",
        "central_server/applying.py",
        "        self._lost_past.keep_written_over(after, mutation, said_again, author)\n",
        "",
        (_LOST_VALUES,),
    ),
    Break(
        "restore: a file counts as sent to a centre that has lost it",
        "kelurahan_client/store/losses.py",
        "    attachments.forget_sending(transaction)\n",
        "",
        ("tests/together/test_restored_and_asked_again.py",),
    ),
    Break(
        "restore: the bytes of a file are asked of who only gave back its name",
        "central_server/applying.py",
        "                expect_from(self._session, known, author)\n",
        "                pass\n",
        ("tests/together/test_restored_and_asked_again.py",),
    ),
    Break(
        "restore: what only others still hold is not offered",
        "sync/engine.py",
        "                more = more or offer(desk, all_came=heard.all_came)\n",
        "",
        (_G9, _RESTORES),
    ),
    Break(
        "trailer: any signature is good",
        "sync/framing.py",
        "    except InvalidSignature as error:\n"
        '        raise BadFrame("trailer", "the signature is not the sender\'s") from error\n',
        "    except InvalidSignature:\n        pass\n",
        (_BAD_WAYS,),
    ),
    Break(
        "trailer: not looked at",
        "sync/framing.py",
        "    if len(lines) != trailer.count or digest.hex() != trailer.sha256:\n"
        '        raise BadFrame("trailer", "count or digest differ from the trailer")\n'
        "    try:\n"
        "        key.verify(signature, _signed(side, trailer.count, digest))\n",
        "    try:\n        key.verify(signature, _signed(side, trailer.count, bytes.fromhex(trailer.sha256)))\n",
        (_BAD_WAYS,),
    ),
    Break(
        "reply: the answer to another request is believed",
        "sync/envelope.py",
        "    if header.nonce != nonce:\n",
        "    if not header.nonce:\n",
        (_G5,),
    ),
    Break(
        "quarantine: a refused item refuses the request",
        "central_server/reception.py",
        "        except Rejected as rejected:\n            return self._hold(item, rejected)\n",
        '        except Rejected as rejected:\n            raise LookupError("refused") from rejected\n',
        (_G7,),
    ),
    Break(
        "quarantine: the payload is not kept",
        "central_server/reception.py",
        "            line=item.line,\n            number=int(rejected.number),\n",
        '            line=b"",\n            number=int(rejected.number),\n',
        (_G7,),
    ),
    Break(
        "unknown: the desk forgets fields that it does not know",
        "sync/reading.py",
        "if body.keys() <= _KNOWN else {name: value for name, value in body.items() if name not in _KNOWN}",
        "if body else {}",
        (_G9,),
    ),
    Break(
        "unknown: the centre forgets fields that a change does not name",
        "central_server/applying.py",
        "replace(before, body={**before.body, **changed})",
        "replace(before, body={name: value for name, value in before.body.items() if name in flat("
        "complaint_from(before.id, before.body))} | changed)",
        (_G9,),
    ),
    Break(
        "clock: the newer by its desk's clock wins",
        "central_server/applying.py",
        "        merged = merge_fields(was, before.body, self._without_detours(before, was, fields, author))\n",
        '        newer = mutation.device_time > "2026-08-03T03"\n'
        "        merged = merge_fields(before.body if newer else was, before.body, fields)\n",
        (_G6,),
    ),
)  # fmt: skip
