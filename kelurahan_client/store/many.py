"""A list of any length in a query."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, func, select


def is_one_of(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column has one of these values, which go to SQLite as one parameter.

    With a parameter each, a query for thousands of ids takes longer to be written than to be answered.
    """
    as_json = msgspec.json.encode(list(values)).decode()
    return column.in_(select(func.json_each(as_json).table_valued("value").c.value))
