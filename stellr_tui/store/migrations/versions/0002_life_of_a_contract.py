"""The life of a contract: changes, invoices, mail, and through which day the book has been worked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Newest first: the order in which nothing that is dropped is still referred to.
TABLES = ("lot_reduction", "parked_lot", "invoice_line", "contract_change", "mail", "invoice")

# What has been issued or taken is never rewritten, not even by hand.
APPEND_ONLY = ("invoice", "invoice_line", "lot_reduction")
KEYS = {
    "invoice": "id = NEW.id",
    "invoice_line": "invoice_id = NEW.invoice_id AND position = NEW.position",
    "lot_reduction": "change_id = NEW.change_id AND lot_id = NEW.lot_id",
}


def upgrade() -> None:
    """To this revision."""
    create_tables()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("book") as book:
        book.add_column(sa.Column("closed_through", sa.Date(), nullable=True))
    made = "date(created_at)" if on_sqlite else "created_at::date"
    op.execute(f"UPDATE book SET closed_through = COALESCE(today, {made})")
    with op.batch_alter_table("book") as book:
        book.alter_column("closed_through", existing_type=sa.Date(), nullable=False)
    op.add_column("contract", sa.Column("approved_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("ends_on", sa.Date(), nullable=True))
    for trigger in sqlite_triggers() if on_sqlite else postgresql_triggers():
        op.execute(trigger)


def downgrade() -> None:
    """Back to the one before."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION append_only()")
    op.drop_column("contract", "ends_on")
    op.drop_column("contract", "approved_on")
    with op.batch_alter_table("book") as book:
        book.drop_column("closed_through")


def sqlite_triggers() -> list[str]:
    """Refuse to change, delete or replace a row."""
    triggers = []
    for table in APPEND_ONLY:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        triggers += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {KEYS[table]}) {refuse}",
        ]
    return triggers


def postgresql_triggers() -> list[str]:
    """Refuse to change, delete or truncate."""
    triggers = [
        """
        CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END
        $$
        """
    ]
    for table in APPEND_ONLY:
        triggers += [
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
        ]
    return triggers


def create_tables() -> None:
    """As they were declared at this revision."""
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("subtotal", sa.Integer(), nullable=False),
        sa.Column("tax_percent", sa.Integer(), nullable=False),
        sa.Column("tax", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_number"], ["billing_account.number"], name=op.f("fk_invoice_account_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("account_number", "month", name=op.f("uq_invoice_account_number_month")),
        sa.UniqueConstraint("account_number", "number", name=op.f("uq_invoice_account_number_number")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("recipient_name", sa.String(length=100), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("try_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("contract_number", sa.Integer(), nullable=True),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'sent', 'failed', 'draft')", name=op.f("ck_mail_status")),
        sa.ForeignKeyConstraint(["account_number"], ["billing_account.number"], name=op.f("fk_mail_account_number")),
        sa.ForeignKeyConstraint(["contract_number"], ["contract.number"], name=op.f("fk_mail_contract_number")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_mail_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(op.f("ix_mail_account_number"), "mail", ["account_number"])
    op.create_index(op.f("ix_mail_contract_number"), "mail", ["contract_number"])
    op.create_index(op.f("ix_mail_status_id"), "mail", ["status", "id"])

    op.create_table(
        "contract_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("wish", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('add', 'reduce', 'cancel')", name=op.f("ck_contract_change_kind")),
        sa.CheckConstraint("status IN ('waiting', 'done', 'withdrawn')", name=op.f("ck_contract_change_status")),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_contract_change_seats")),
        sa.ForeignKeyConstraint(
            ["contract_number"], ["contract.number"], name=op.f("fk_contract_change_contract_number")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["seat_lot.id"], name=op.f("fk_contract_change_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change")),
    )
    op.create_index(op.f("ix_contract_change_contract_number"), "contract_change", ["contract_number"])
    op.create_index(op.f("ix_contract_change_status_effective_on"), "contract_change", ["status", "effective_on"])

    op.create_table(
        "invoice_line",
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=20), nullable=False),
        sa.Column("product_name", sa.String(length=200), nullable=False),
        sa.Column("po_number", sa.String(length=40), nullable=False),
        sa.Column("end_user_order_number", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_number"], ["contract.number"], name=op.f("fk_invoice_line_contract_number")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["seat_lot.id"], name=op.f("fk_invoice_line_lot_id")),
        sa.PrimaryKeyConstraint("invoice_id", "position", name=op.f("pk_invoice_line")),
        sa.UniqueConstraint("lot_id", "first_day", name=op.f("uq_invoice_line_lot_id_first_day")),
    )
    op.create_index(op.f("ix_invoice_line_contract_number"), "invoice_line", ["contract_number"])

    op.create_table(
        "parked_lot",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("parked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("sku", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["seat_lot.id"], name=op.f("fk_parked_lot_lot_id")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_parked_lot")),
    )
    op.create_table(
        "lot_reduction",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["contract_change.id"], name=op.f("fk_lot_reduction_change_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["seat_lot.id"], name=op.f("fk_lot_reduction_lot_id")),
        sa.PrimaryKeyConstraint("change_id", "lot_id", name=op.f("pk_lot_reduction")),
    )
