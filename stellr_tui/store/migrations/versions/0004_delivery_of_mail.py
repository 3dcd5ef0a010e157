"""Delivery of mail: an identity for each, who is delivering it, what came of it; and forwards, which stay drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    for name, size in (("sender_name", 100), ("sender", 200), ("claimed_by", 32), ("trouble_kind", 20)):
        op.add_column("mail", sa.Column(name, sa.String(length=size), nullable=False, server_default=""))
    op.add_column("mail", sa.Column("message_id", sa.String(length=60), nullable=True))
    random = "lower(hex(randomblob(16)))"
    if op.get_bind().dialect.name == "postgresql":
        random = "replace(gen_random_uuid()::text, '-', '')"
    op.execute(f"UPDATE mail SET message_id = {random} || '@stellr.invalid'")
    with op.batch_alter_table("mail") as mail:
        for name, size in (("sender_name", 100), ("sender", 200), ("claimed_by", 32), ("trouble_kind", 20)):
            mail.alter_column(name, existing_type=sa.String(length=size), server_default=None)
        mail.alter_column("message_id", existing_type=sa.String(length=60), nullable=False)
        mail.add_column(sa.Column("recipient_id", sa.Integer(), nullable=True))
        mail.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        mail.add_column(sa.Column("sent_message", sa.LargeBinary(), nullable=True))
        mail.add_column(sa.Column("forward_of", sa.Integer(), nullable=True))
        mail.create_unique_constraint(op.f("uq_mail_message_id"), ["message_id"])
        mail.create_foreign_key(op.f("fk_mail_recipient_id"), "person", ["recipient_id"], ["id"])
        mail.create_foreign_key(op.f("fk_mail_forward_of"), "mail", ["forward_of"], ["id"])
        mail.create_check_constraint(op.f("ck_mail_a_forward_is_a_draft"), "(kind = 'forward') = (status = 'draft')")
        mail.create_check_constraint(op.f("ck_mail_sent_at_a_moment"), "(status = 'sent') = (sent_at IS NOT NULL)")
    op.create_index(op.f("ix_mail_forward_of"), "mail", ["forward_of"])


def downgrade() -> None:
    """Back to the one before."""
    op.drop_index(op.f("ix_mail_forward_of"), "mail")
    with op.batch_alter_table("mail") as mail:
        mail.drop_constraint(op.f("ck_mail_sent_at_a_moment"), type_="check")
        mail.drop_constraint(op.f("ck_mail_a_forward_is_a_draft"), type_="check")
        mail.drop_constraint(op.f("fk_mail_forward_of"), type_="foreignkey")
        mail.drop_constraint(op.f("fk_mail_recipient_id"), type_="foreignkey")
        mail.drop_constraint(op.f("uq_mail_message_id"), type_="unique")
        for name in ("forward_of", "sent_message", "claimed_until", "recipient_id", "message_id"):
            mail.drop_column(name)
        for name in ("trouble_kind", "claimed_by", "sender", "sender_name"):
            mail.drop_column(name)
