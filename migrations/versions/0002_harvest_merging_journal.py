"""harvest, merged words, highlighted cards, rounds, the journal"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_act_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_act")),
    )
    op.add_column("event", sa.Column("clock_round_s", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("held_words", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("cloud_frozen_at", sa.BigInteger(), nullable=True))
    op.add_column("word", sa.Column("merged_into", sa.String(length=16), nullable=True))
    op.add_column("word", sa.Column("renamed", sa.Text(), nullable=True))
    for table, name, kind, value in (
        ("island", "key_sentence", sa.Text(), ""),
        ("island", "note", sa.Text(), ""),
        ("island", "harvest_version", sa.Integer(), "1"),
        ("card", "is_highlighted", sa.Boolean(), sa.false()),
    ):
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
    for table, names in (
        ("island", ("key_sentence", "note", "harvest_version")),
        ("card", ("is_highlighted",)),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:  # the default was for the rows that were there
                batch.alter_column(name, server_default=None)
