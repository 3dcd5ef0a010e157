"""How Alembic runs the migrations: on the connection, and in the transaction, that `schema.migration_config` names."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator

from stellr_tui.store.tables import Table


def plain_type(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A new migration names the database's type, not ours: ours may change later, a migration may not."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite cannot alter a constraint: Alembic copies the table instead
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
