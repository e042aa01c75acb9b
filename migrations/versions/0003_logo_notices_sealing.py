"""logo and colour, Wi-Fi, legal notices, sealing"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notice")),
    )
    op.create_table(
        "logo",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_logo_series_id_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_logo")),
    )
    op.create_table(
        "sealed_dots",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("offer_key", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "offer_key"],
            ["offer.event_id", "offer.key"],
            name=op.f("fk_sealed_dots_event_id_offer_key_offer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "offer_key", "source", name=op.f("pk_sealed_dots")),
    )
    op.create_table(
        "sealed_island",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("island_number", sa.Integer(), nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "island_number"],
            ["island.event_id", "island.number"],
            name=op.f("fk_sealed_island_event_id_island_number_island"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "island_number", name=op.f("pk_sealed_island")),
    )
    op.add_column("event", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("event", sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("event", sa.Column("sealed_devices", sa.Integer(), nullable=True))
    _add_filled("series", sa.Column("accent", sa.String(length=7), nullable=False))
    _add_filled("event", sa.Column("wifi_name", sa.Text(), nullable=False), autoincrement=True)
    _add_filled("event", sa.Column("wifi_password", sa.Text(), nullable=False), autoincrement=True)


def _add_filled(table: str, column: sa.Column[str], *, autoincrement: bool = False) -> None:
    """A text that the rows which are there get empty, and which has no default afterwards."""
    column.server_default = sa.DefaultClause("")
    op.add_column(table, column)
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": autoincrement}) as batch:
        batch.alter_column(column.name, server_default=None)
