"""The order book from nothing: every table, and the triggers that keep the history of a contract append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Newest first: the order in which nothing that is dropped is still referred to.
TABLES = (
    "seat_lot",
    "contract_event",
    "submission",
    "contract",
    "purchase_order",
    "saved_line",
    "location",
    "contact",
    "saved_selection",
    "membership",
    "end_user",
    "cart_line",
    "person",
    "counter",
    "book",
    "billing_account",
)

# A REPLACE deletes without asking the triggers for DELETE, hence the third.
SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER contract_event_no_update BEFORE UPDATE ON contract_event
    BEGIN SELECT RAISE(ABORT, 'contract_event is append-only'); END
    """,
    """
    CREATE TRIGGER contract_event_no_delete BEFORE DELETE ON contract_event
    BEGIN SELECT RAISE(ABORT, 'contract_event is append-only'); END
    """,
    """
    CREATE TRIGGER contract_event_no_replace BEFORE INSERT ON contract_event
    WHEN EXISTS (SELECT 1 FROM contract_event WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'contract_event is append-only'); END
    """,
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION contract_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'contract_event is append-only' USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER contract_event_no_change BEFORE UPDATE OR DELETE ON contract_event
    FOR EACH ROW EXECUTE FUNCTION contract_event_append_only()
    """,
    """
    CREATE TRIGGER contract_event_no_truncate BEFORE TRUNCATE ON contract_event
    FOR EACH STATEMENT EXECUTE FUNCTION contract_event_append_only()
    """,
)


def upgrade() -> None:
    """To this revision."""
    create_tables()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for trigger in SQLITE_TRIGGERS if on_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    """Back to the one before."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION contract_event_append_only()")


def create_tables() -> None:
    """As they were declared at this revision."""
    op.create_table(
        "billing_account",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("reseller", sa.String(length=100), nullable=False),
        sa.Column("postal_code", sa.String(length=7), nullable=False),
        sa.Column("prefecture_code", sa.String(length=2), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_billing_account")),
    )

    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("today", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(mode = 'training') = (today IS NOT NULL)", name=op.f("ck_book_training_has_a_date")),
        sa.CheckConstraint("mode IN ('training', 'live')", name=op.f("ck_book_mode")),
        sa.CheckConstraint("id = 1", name=op.f("ck_book_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
    )

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=21), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("has_stellr", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )

    op.create_table(
        "cart_line",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("sku", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_cart_line_account_number")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cart_line_person_id")),
        sa.PrimaryKeyConstraint("person_id", "account_number", "sku", name=op.f("pk_cart_line")),
    )

    op.create_table(
        "end_user",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("company", sa.String(length=100), nullable=False),
        sa.Column("company_kana", sa.String(length=100), nullable=False),
        sa.Column("security_name", sa.String(length=100), nullable=False),
        sa.Column("security_phone", sa.String(length=21), nullable=False),
        sa.Column("security_email", sa.String(length=200), nullable=False),
        sa.Column("microsoft_id", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("storefront_access", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_end_user_account_number")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_end_user")),
    )
    op.create_index("ix_end_user_account_company", "end_user", ["account_number", "company", "number"])
    op.create_index(op.f("ix_end_user_account_number"), "end_user", ["account_number"])

    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_membership_account_number")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("person_id", "account_number", name=op.f("pk_membership")),
    )

    op.create_table(
        "saved_selection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_saved_selection_account_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_selection")),
        sa.UniqueConstraint("account_number", "name", name=op.f("uq_saved_selection_account_number_name")),
    )

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("end_user_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=21), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["end_user_number"], ["end_user.number"], name=op.f("fk_contact_end_user_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_end_user_number"), "contact", ["end_user_number"])

    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("end_user_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("postal_code", sa.String(length=7), nullable=False),
        sa.Column("prefecture_code", sa.String(length=2), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("address1", sa.String(length=200), nullable=False),
        sa.Column("address2", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["end_user_number"], ["end_user.number"], name=op.f("fk_location_end_user_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index(op.f("ix_location_end_user_number"), "location", ["end_user_number"])

    op.create_table(
        "saved_line",
        sa.Column("selection_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["selection_id"], ["saved_selection.id"], name=op.f("fk_saved_line_selection_id")),
        sa.PrimaryKeyConstraint("selection_id", "sku", name=op.f("pk_saved_line")),
    )

    op.create_table(
        "purchase_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("po_number", sa.String(length=40), nullable=False),
        sa.Column("end_user_order_number", sa.String(length=200), nullable=False),
        sa.Column("reservation_number", sa.String(length=20), nullable=False),
        sa.Column("reseller_contact_id", sa.Integer(), nullable=False),
        sa.Column("end_user_number", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_purchase_order_account_number")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_purchase_order_contact_id")),
        sa.ForeignKeyConstraint(
            ["end_user_number"], ["end_user.number"], name=op.f("fk_purchase_order_end_user_number")
        ),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_purchase_order_location_id")),
        sa.ForeignKeyConstraint(
            ["reseller_contact_id"], ["person.id"], name=op.f("fk_purchase_order_reseller_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_order")),
    )
    op.create_index("ix_purchase_order_account_po_number", "purchase_order", ["account_number", "po_number"])
    op.create_index(op.f("ix_purchase_order_end_user_number"), "purchase_order", ["end_user_number"])

    op.create_table(
        "contract",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("end_user_number", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=20), nullable=False),
        sa.Column("product_name", sa.String(length=200), nullable=False),
        sa.Column("manufacturer_part_number", sa.String(length=40), nullable=False),
        sa.Column("vendor_code", sa.String(length=40), nullable=False),
        sa.Column("vendor_name", sa.String(length=100), nullable=False),
        sa.Column("plan", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status IN ('po-created', 'provisioning', 'sent-back', 'active', 'ending', 'ended', 'discarded')",
            name=op.f("ck_contract_status"),
        ),
        sa.CheckConstraint("(sent_on IS NULL) = (delivered_on IS NULL)", name=op.f("ck_contract_sent_means_delivered")),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_contract_account_number")
        ),
        sa.ForeignKeyConstraint(["end_user_number"], ["end_user.number"], name=op.f("fk_contract_end_user_number")),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name=op.f("fk_contract_order_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_contract")),
    )
    op.create_index("ix_contract_account_status", "contract", ["account_number", "status", "number"])
    op.create_index(op.f("ix_contract_end_user_number"), "contract", ["end_user_number"])
    op.create_index(op.f("ix_contract_order_id"), "contract", ["order_id"])

    op.create_table(
        "submission",
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_submission_account_number")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name=op.f("fk_submission_order_id")),
        sa.PrimaryKeyConstraint("account_number", "key", name=op.f("pk_submission")),
    )

    op.create_table(
        "contract_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_name", sa.String(length=100), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_number"], ["contract.number"], name=op.f("fk_contract_event_contract_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_event")),
    )
    op.create_index(op.f("ix_contract_event_contract_number"), "contract_event", ["contract_number"])

    op.create_table(
        "seat_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Integer(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("next_invoice_on", sa.Date(), nullable=True),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_seat_lot_seats")),
        sa.CheckConstraint("unit_price >= 0", name=op.f("ck_seat_lot_unit_price")),
        sa.ForeignKeyConstraint(["contract_number"], ["contract.number"], name=op.f("fk_seat_lot_contract_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_lot")),
        sa.UniqueConstraint("contract_number", "number", name=op.f("uq_seat_lot_contract_number_number")),
    )
