"""Texts that were begun and not saved, each by its place, in a table of their own."""

from alembic import op

revision = "0014"
down_revision = "0013"

_STATEMENTS = (
    """
    CREATE TABLE half_written (
        subject TEXT NOT NULL,
        kind TEXT NOT NULL,
        part TEXT NOT NULL,
        officer TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (subject, kind, part)
    )
    """,
    """
    INSERT INTO half_written
    SELECT one.key, 'follow_up', '', '', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), json_object('text', one.value)
    FROM meta, json_each(meta.value) AS one WHERE meta.name = 'unsaid'
    """,
    """
    INSERT INTO half_written
    SELECT one.key, 'decision', '', '', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), json_object(
        'value', json_extract(one.value, '$[0]'),
        'side', json_extract(one.value, '$[1]'),
        'reason', json_extract(one.value, '$[2]')
    )
    FROM meta, json_each(meta.value) AS one WHERE meta.name = 'half_decided'
    """,
    """
    DELETE FROM meta WHERE name IN ('unsaid', 'half_decided')
    """,
)


def upgrade() -> None:
    """Make it, and bring what was begun before there; who began that, and when, nobody had written down."""
    for statement in _STATEMENTS:
        op.execute(statement)
