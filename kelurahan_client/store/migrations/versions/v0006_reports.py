"""A report asks when complaints were answered and resolved; the row of each says it from now on, as its story does."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Two days more for each complaint, read from the stories that are here, and indexes that carry them."""
    op.execute("DROP INDEX ix_entry_complaint_id")
    op.execute("CREATE INDEX entry_story ON entry (complaint_id, kind, status_to, at)")
    op.execute("ALTER TABLE complaint ADD COLUMN answered_on TEXT")
    op.execute("ALTER TABLE complaint ADD COLUMN settled_on TEXT")
    op.execute(
        """
        UPDATE complaint SET
            answered_on = (
                SELECT date(substr(min(at), 1, 19), '+8 hours') FROM entry
                WHERE complaint_id = complaint.id AND (
                    kind = 'follow_up' OR kind = 'status' AND status_to NOT IN ('received', 'verified')
                )
            ),
            settled_on = (
                SELECT date(substr(max(at), 1, 19), '+8 hours') FROM entry
                WHERE complaint_id = complaint.id AND kind = 'status' AND status_to = 'resolved'
            )
        WHERE id IN (SELECT complaint_id FROM entry)
        """
    )
    op.execute("DROP INDEX complaint_resolved")
    op.execute("CREATE INDEX complaint_settled ON complaint (deleted, settled_on, status, received_date, key)")
    for first, last in (("received", "due"), ("due", "received")):
        op.execute(f"DROP INDEX complaint_by_{first}")
        op.execute(
            f"CREATE INDEX complaint_by_{first} ON complaint (deleted, {first}_date, key, status, agency, category, "
            f"channel, classification, sync_state, import_id, desk, answered_on, settled_on, {last}_date)"
        )
