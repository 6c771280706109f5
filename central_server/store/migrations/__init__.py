"""The history of the tables; Alembic reads this folder."""
