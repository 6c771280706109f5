"""A report asks when complaints were answered and resolved, and how many of a period stand where: all from indexes."""

from alembic import op

revision = "0012"
down_revision = "0005"


def upgrade() -> None:
    """The story by complaint with what a report asks of it, the ends by time, and complaints by day of receipt."""
    op.execute("DROP INDEX IF EXISTS ix_entry_complaint_id")
    op.execute("CREATE INDEX IF NOT EXISTS entry_story ON entry (complaint_id, kind, status_to, at)")
    op.execute("CREATE INDEX IF NOT EXISTS entry_resolved ON entry (at, complaint_id) WHERE status_to = 'resolved'")
    op.execute(
        "CREATE INDEX IF NOT EXISTS complaint_report ON complaint "
        "(deleted, received_date, id, status, agency, category, classification, due_date, sync_state, desk)"
    )
