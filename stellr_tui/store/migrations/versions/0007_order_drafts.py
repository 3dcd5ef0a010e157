"""Orders half entered: what lies in the carts, with what was typed beside it."""

from datetime import UTC, datetime
from itertools import groupby
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CART_LINE = sa.table(
    "cart_line",
    sa.column("person_id"),
    sa.column("account_number"),
    sa.column("sku"),
    sa.column("position"),
    sa.column("seats"),
)
_ORDER_DRAFT = sa.table(
    "order_draft",
    sa.column("id"),
    sa.column("person_id"),
    sa.column("account_number"),
    sa.column("version"),
    sa.column("begun_at", sa.DateTime(timezone=True)),
    sa.column("changed_at", sa.DateTime(timezone=True)),
    sa.column("set_aside", sa.Boolean()),
    sa.column("lines", sa.JSON()),
    sa.column("typed", sa.JSON()),
)


def upgrade() -> None:
    """To this revision: each cart is an order half entered, whose beginning nobody has written down."""
    op.create_table(
        "order_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_number"], ["billing_account.number"], name=op.f("fk_order_draft_account_number")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_order_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_draft")),
    )
    op.create_index("ix_order_draft_person_account", "order_draft", ["person_id", "account_number", "changed_at"])
    now = datetime.now(UTC)
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(_CART_LINE).order_by(_CART_LINE.c.person_id, _CART_LINE.c.account_number, _CART_LINE.c.position)
    ).all()
    for (person, account), lines in groupby(rows, key=lambda row: (row.person_id, row.account_number)):
        connection.execute(
            _ORDER_DRAFT.insert().values(
                person_id=person,
                account_number=account,
                version=uuid4().hex,
                begun_at=now,
                changed_at=now,
                set_aside=False,
                lines=[{"sku": line.sku, "seats": line.seats} for line in lines],
                typed={},
            )
        )
    op.drop_table("cart_line")


def downgrade() -> None:
    """Back to the one before: of each person's orders half entered only the products of the last one are kept."""
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
    connection = op.get_bind()
    drafts = connection.execute(sa.select(_ORDER_DRAFT).order_by(_ORDER_DRAFT.c.changed_at, _ORDER_DRAFT.c.id)).all()
    last = {(one.person_id, one.account_number): one.lines for one in drafts}
    for (person, account), lines in last.items():
        for position, line in enumerate(lines, 1):
            connection.execute(
                _CART_LINE.insert().values(
                    person_id=person, account_number=account, sku=line["sku"], position=position, seats=line["seats"]
                )
            )
    op.drop_table("order_draft")
