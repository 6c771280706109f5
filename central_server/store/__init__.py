"""The centre's database, SQLite or PostgreSQL; the only importer of SQLAlchemy here."""
