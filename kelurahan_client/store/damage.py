"""Rows that are not what was written."""

from collections.abc import Iterator
from contextlib import contextmanager

from kelurahan_client.errors import DamagedData


@contextmanager
def as_written() -> Iterator[None]:
    """Raises DamagedData for a value that nobody can have written.

    SQLite tells of most spoilt pages by itself, but where the end of a long row lies on one it gives zeros.
    """
    try:
        yield
    except (ValueError, TypeError) as error:
        raise DamagedData(
            "Data loket ini rusak: satu pengaduan tidak terbaca. Tidak ada yang ditimpa.",
            way_out="Jangan hapus berkasnya. Kembalikan dari cadangan, atau hubungi admin kota.",
        ) from error
