"""Changes of end users: their versions and history, parts that are retired, and for whom a contract was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SENT_FOR = """
    UPDATE contract SET sent_for = (
        SELECT {object}(
            'company', end_user.company, 'company_kana', end_user.company_kana,
            'location', location.name, 'postal_code', location.postal_code,
            'prefecture_code', location.prefecture_code, 'city', location.city,
            'address1', location.address1, 'address2', location.address2,
            'contact', contact.name, 'phone', contact.phone, 'email', contact.email
        )
        FROM purchase_order
        JOIN end_user ON end_user.number = purchase_order.end_user_number
        JOIN location ON location.id = purchase_order.location_id
        JOIN contact ON contact.id = purchase_order.contact_id
        WHERE purchase_order.id = contract.order_id
    )
    WHERE sent_on IS NOT NULL
"""


def upgrade() -> None:
    """To this revision."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("end_user", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("end_user") as end_user:
        end_user.alter_column("version", existing_type=sa.Integer(), server_default=None)
    for part in ("location", "contact"):
        op.add_column(part, sa.Column("retired_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("sent_for", sa.JSON(), nullable=True))
    op.execute(SENT_FOR.format(object="json_object" if on_sqlite else "json_build_object"))
    create_history()
    for trigger in sqlite_triggers() if on_sqlite else postgresql_triggers():
        op.execute(trigger)


def downgrade() -> None:
    """Back to the one before. What was retired is in use again."""
    op.drop_table("end_user_change")
    op.drop_column("contract", "sent_for")
    for part in ("contact", "location"):
        op.drop_column(part, "retired_on")
    op.drop_column("end_user", "version")


def sqlite_triggers() -> list[str]:
    """Refuse to change, delete or replace a row."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'end_user_change is append-only'); END"
    return [
        f"CREATE TRIGGER end_user_change_no_update BEFORE UPDATE ON end_user_change {refuse}",
        f"CREATE TRIGGER end_user_change_no_delete BEFORE DELETE ON end_user_change {refuse}",
        "CREATE TRIGGER end_user_change_no_replace BEFORE INSERT ON end_user_change "
        f"WHEN EXISTS (SELECT 1 FROM end_user_change WHERE id = NEW.id) {refuse}",
    ]


def postgresql_triggers() -> list[str]:
    """Refuse to change, delete or truncate."""
    return [
        "CREATE TRIGGER end_user_change_no_change BEFORE UPDATE OR DELETE ON end_user_change "
        "FOR EACH ROW EXECUTE FUNCTION append_only()",
        "CREATE TRIGGER end_user_change_no_truncate BEFORE TRUNCATE ON end_user_change "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    ]


def create_history() -> None:
    """The history of end users."""
    op.create_table(
        "end_user_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("end_user_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("part_name", sa.String(length=100), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_name", sa.String(length=100), nullable=False),
        sa.CheckConstraint("kind IN ('added', 'changed', 'retired', 'restored')", name=op.f("ck_end_user_change_kind")),
        sa.ForeignKeyConstraint(
            ["end_user_number"], ["end_user.number"], name=op.f("fk_end_user_change_end_user_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_end_user_change")),
    )
    op.create_index(op.f("ix_end_user_change_end_user_number"), "end_user_change", ["end_user_number"])
