"""An issued invoice takes no further line, and numbers have no gaps, whoever asks the database."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What a new row must not be: one that takes the place of a row that is there, by whichever of its keys.
TAKEN = {
    "invoice": "id = NEW.id OR (account_number = NEW.account_number AND (month = NEW.month OR number = NEW.number))",
    "invoice_line": "(invoice_id = NEW.invoice_id AND position = NEW.position) "
    "OR (lot_id = NEW.lot_id AND first_day = NEW.first_day)",
}
# The same as revision 0002 had it.
TAKEN_BEFORE = {
    "invoice": "id = NEW.id",
    "invoice_line": "invoice_id = NEW.invoice_id AND position = NEW.position",
}
FOLLOWS = "SELECT COALESCE(MAX(number), 0) + 1 FROM invoice WHERE account_number = NEW.account_number"
LINES = "SELECT line_count FROM invoice WHERE id = NEW.invoice_id"


def upgrade() -> None:
    """To this revision."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("invoice", sa.Column("line_count", sa.Integer(), nullable=True))
    for statement in sqlite_loose() if on_sqlite else postgresql_loose():
        op.execute(statement)
    op.execute(
        "UPDATE invoice SET line_count = (SELECT COUNT(*) FROM invoice_line WHERE invoice_line.invoice_id = invoice.id)"
    )
    with op.batch_alter_table("invoice") as invoice:
        invoice.alter_column("line_count", existing_type=sa.Integer(), nullable=False)
    for statement in sqlite_firm(TAKEN) if on_sqlite else postgresql_firm():
        op.execute(statement)
    for statement in sqlite_finished() if on_sqlite else postgresql_finished():
        op.execute(statement)


def downgrade() -> None:
    """Back to the one before."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        for trigger in ("invoice_no_gap", "invoice_line_no_late"):
            op.execute(f"DROP TRIGGER {trigger}")
    else:
        for table, trigger in (("invoice", "no_gap"), ("invoice_line", "no_late")):
            op.execute(f"DROP TRIGGER {table}_{trigger} ON {table}")
            op.execute(f"DROP FUNCTION {table}_{trigger}()")
    for statement in sqlite_loose() if on_sqlite else postgresql_loose():
        op.execute(statement)
    with op.batch_alter_table("invoice") as invoice:
        invoice.drop_column("line_count")
    for statement in sqlite_firm(TAKEN_BEFORE) if on_sqlite else postgresql_firm():
        op.execute(statement)


def sqlite_loose() -> list[str]:
    """Let the rows that are there be changed. SQLite copies a table to change it: its triggers would be gone."""
    return [f"DROP TRIGGER {table}_{kind}" for table in TAKEN for kind in ("no_update", "no_delete", "no_replace")]


def sqlite_firm(taken: dict[str, str]) -> list[str]:
    """Refuse to change, delete or replace a row."""
    statements = []
    for table, condition in taken.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        statements += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {condition}) {refuse}",
        ]
    return statements


def sqlite_finished() -> list[str]:
    """Refuse a line that an invoice was not issued with, and a number that does not follow the last."""
    return [
        f"CREATE TRIGGER invoice_no_gap BEFORE INSERT ON invoice WHEN NEW.number <> ({FOLLOWS}) "
        "BEGIN SELECT RAISE(ABORT, 'invoice numbers have no gaps'); END",
        "CREATE TRIGGER invoice_line_no_late BEFORE INSERT ON invoice_line "
        f"WHEN NEW.position < 1 OR NEW.position > ({LINES}) "
        "BEGIN SELECT RAISE(ABORT, 'invoice_line is append-only'); END",
    ]


def postgresql_loose() -> list[str]:
    """Let the rows that are there be changed."""
    return ["DROP TRIGGER invoice_no_change ON invoice"]


def postgresql_firm() -> list[str]:
    """Refuse to change or delete a row. There is no REPLACE to refuse."""
    return [
        "CREATE TRIGGER invoice_no_change BEFORE UPDATE OR DELETE ON invoice "
        "FOR EACH ROW EXECUTE FUNCTION append_only()"
    ]


def postgresql_finished() -> list[str]:
    """The same as on SQLite."""
    statements = []
    for table, name, refused, said in (
        ("invoice", "no_gap", f"NEW.number <> ({FOLLOWS})", "invoice numbers have no gaps"),
        (
            "invoice_line",
            "no_late",
            f"NEW.position < 1 OR NEW.position > ({LINES})",
            "invoice_line is append-only",
        ),
    ):
        statements += [
            f"""
            CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {refused} THEN
                    RAISE EXCEPTION '{said}' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END
            $$
            """,
            f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_{name}()",
        ]
    return statements
