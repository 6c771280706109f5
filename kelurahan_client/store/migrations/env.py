"""Alembic's entry: runs the migrations on the connection that the store hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True, transactional_ddl=True)
context.run_migrations()
