"""What Alembic runs: every step up to the wanted one, inside the transaction it was handed."""

from alembic import context

from mediation_desktop.storage.tables import whole_schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_schema(),
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
