"""The desk's encrypted SQLite file: the only room that knows SQL."""
