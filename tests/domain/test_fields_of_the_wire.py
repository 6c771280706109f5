"""The quick reading of a wire body says what the plain one says, for every value of every field."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.fields import CLI_ORDER, SHARED_FIELDS, complaint_from, flat, flat_from

_WHOLE: dict[str, Any] = {
    "reference": "0403A-26-00017-K",
    "office": "63.71.04.1003",
    "desk": "A",
    "recorded_at": "2026-08-03T02:32:11.123456Z",
    "received_date": "2026-08-03",
    "statement": "Lampu padam",
}
_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.lists(st.text(max_size=5), max_size=2),
    st.sampled_from(
        ["2026-08-03", "20260803", "2026-08-03T10:00:00+08:00", "pengaduan", "biasa", "received", "whatsapp"]
    ),
)
_BODIES = st.dictionaries(st.sampled_from([*SHARED_FIELDS, *CLI_ORDER, "unknown"]), _ODD, max_size=6)


def _said(read: Any, body: dict[str, Any]) -> Any:
    try:
        return read(body)
    except (TypeError, ValueError, OverflowError):
        return "refused"


@given(_BODIES, st.sets(st.sampled_from(sorted(_WHOLE)), max_size=1))
def test_the_quick_reading_is_the_plain_one(odd: dict[str, Any], missing: set[str]) -> None:
    body = {name: value for name, value in (_WHOLE | odd).items() if name not in missing}
    assert _said(lambda one: flat_from("id", one), body) == _said(lambda one: flat(complaint_from("id", one)), body)
