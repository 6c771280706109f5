"""National figures, which the program before could only keep aside, among the reference items."""

import json

from alembic import op

revision = "0013"
down_revision = "0012"

# A centre that was restored gives revisions above a higher million; what has an older one, it has lost.
_KEPT = """
SELECT id, rev, line FROM unknown_record WHERE type = 'national_figure'
AND rev > (SELECT coalesce(max(rev), 0) / 1000000 * 1000000 FROM reference_item)
"""


def upgrade() -> None:
    """Move what a newer centre has already sent, and still has."""
    connection = op.get_bind()
    for id_, rev, line in connection.exec_driver_sql(_KEPT).all():
        connection.exec_driver_sql(
            "INSERT INTO reference_item (type, code, body, rev) VALUES ('national_figure', ?, ?, ?)",
            (id_, json.dumps(json.loads(line)["body"], ensure_ascii=False), rev),
        )
    connection.exec_driver_sql("DELETE FROM unknown_record WHERE type = 'national_figure'")
