"""photos, groups of cards, outcomes"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("island_number", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_photo_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "island_number"],
            ["island.event_id", "island.number"],
            name=op.f("fk_photo_event_id_island_number_island"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_photo")),
    )
    op.create_table(
        "card_group",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("progress", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_card_group_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_card_group")),
    )
    op.create_table(
        "grouped_card",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "card_id"],
            ["card.event_id", "card.id"],
            name=op.f("fk_grouped_card_event_id_card_id_card"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "group_id"],
            ["card_group.event_id", "card_group.id"],
            name=op.f("fk_grouped_card_event_id_group_id_card_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "card_id", name=op.f("pk_grouped_card")),
    )
    op.add_column("event", sa.Column("outcomes", sa.JSON(), nullable=True))
