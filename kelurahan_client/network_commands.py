"""The commands about the way to the city: `enrol`, `network`, `exchange`."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kelurahan_client.errors import InputError
from kelurahan_client.services import network
from kelurahan_client.services.clock import clock_warning
from kelurahan_client.services.desk import Desk, Identity
from sync import engine, enrol_file, enrolment
from sync.transport import opened_transport

Work = Callable[[Desk, argparse.Namespace], None]
_EXCHANGE_ORDER = (
    "sent applied merged conflicts rejected received round_trips bytes_sent bytes_received seconds"
).split()


def add_to(command: Callable[[str, Work, str], argparse.ArgumentParser]) -> None:
    """Add the commands by `command(name, work, help)`."""
    enrol = command("enrol", _enrol, "daftarkan loket ini pada server kota")
    given = enrol.add_mutually_exclusive_group(required=True)
    given.add_argument("--file", type=Path, metavar="BERKAS", help="berkas pendaftaran dari admin kota")
    given.add_argument("--code", help="kode pendaftaran, bersama --server")
    enrol.add_argument("--server", help="alamat server kota")
    enrol.add_argument("--again", action="store_true", help="dengan data yang ada; yang belum diterima dikirim ulang")
    _add_authority(enrol)
    ways = command("network", _network, "proxy dan otoritas sertifikat; tanpa pilihan: tampilkan saja")
    proxy = ways.add_mutually_exclusive_group()
    proxy.add_argument("--proxy", metavar="URL", help="http://nama:sandi@host:port; - membacanya dari masukan standar")
    proxy.add_argument("--no-proxy", action="store_true", help="tanpa proxy")
    proxy.add_argument("--system-proxy", action="store_true", help="seperti setelan sistem (bawaan)")
    trust = ways.add_mutually_exclusive_group()
    _add_authority(trust)
    trust.add_argument("--no-ca", action="store_true", help="percaya hanya otoritas sistem (bawaan)")
    command("exchange", _exchange, "kirim dan terima sekarang")


def _add_authority(to: argparse._ActionsContainer) -> None:
    to.add_argument("--ca", type=Path, metavar="BERKAS", help="sertifikat PEM otoritas kota, di samping milik sistem")


def _enrol(desk: Desk, given: argparse.Namespace) -> None:
    if given.ca is not None:
        network.trust(desk, given.ca)
    if given.file is not None:
        me = _enrol_by_file(desk, enrol_file.read(given.file), again=given.again)
    elif given.server:
        join = enrolment.enrol_again if given.again else enrolment.enrol
        me = join(desk, given.server, given.code)
    else:
        raise InputError("Sebut alamat server kota.", way_out="Tambahkan --server https://…")
    _print({"device": me.device, "office": me.office, "office_name": me.office_name, "desk": me.desk})
    if desk.store.key_place == "file":
        place = desk.store.config.key_file
        _say(f"LK-2901 Komputer ini tidak punya gantungan kunci; kunci data disimpan di {place} (mode 600).")


def _enrol_by_file(desk: Desk, file: enrol_file.EnrolFile, *, again: bool) -> Identity:
    if file.authority:
        network.trust_also(desk, file.authority)
    if again:
        return enrolment.enrol_again(desk, file.server, file.code)
    return enrolment.enrol(desk, file.server, file.code, keys_known=file.server_keys)


def _network(desk: Desk, given: argparse.Namespace) -> None:
    if given.proxy is not None:
        network.use_proxy(desk, sys.stdin.readline() if given.proxy == "-" else given.proxy)
    elif given.no_proxy:
        network.use_no_proxy(desk)
    elif given.system_proxy:
        network.use_system_proxy(desk)
    if given.ca is not None:
        network.trust(desk, given.ca)
    elif given.no_ca:
        network.trust_only_the_system(desk)
    _print(network.as_json(network.network(desk)))


def _exchange(desk: Desk, given: argparse.Namespace) -> None:  # noqa: ARG001  # every command has the same shape
    with opened_transport(desk) as transport:
        outcome = engine.exchange(desk, transport)
    counted = asdict(outcome)
    _print({name: counted[name] for name in _EXCHANGE_ORDER})
    if warning := clock_warning(outcome.clock_offset_seconds):
        _say(f"LK-3900 {warning}")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
