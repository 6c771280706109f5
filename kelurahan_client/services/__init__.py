"""Use cases: one function, one transaction, the row and its outbox entry together."""
