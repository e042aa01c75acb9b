"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("set_up_nonce", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planner")),
        sa.UniqueConstraint("name", name=op.f("uq_planner_name")),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("key", name=op.f("uq_series_key")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("cafe_minutes", sa.Integer(), nullable=False),
        sa.Column("expected_attendees", sa.Integer(), nullable=False),
        sa.Column("attendees", sa.Integer(), nullable=True),
        sa.Column("institutions", sa.Integer(), nullable=True),
        sa.Column("know_question", sa.Text(), nullable=False),
        sa.Column("card_question", sa.Text(), nullable=False),
        sa.Column("word_question", sa.Text(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("is_revealed", sa.Boolean(), nullable=False),
        sa.Column("has_curtain", sa.Boolean(), nullable=False),
        sa.Column("scene_name", sa.String(length=10), nullable=False),
        sa.Column("scene_island", sa.Integer(), nullable=True),
        sa.Column("clock_remaining_s", sa.Integer(), nullable=False),
        sa.Column("clock_started_at", sa.Float(), nullable=True),
        sa.Column("card_approval", sa.String(length=10), nullable=False),
        sa.Column("word_approval", sa.String(length=10), nullable=False),
        sa.Column("device_secret", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_event_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
        sa.UniqueConstraint("key", name=op.f("uq_event_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_series_id"), ["series_id"], unique=False)

    op.create_table(
        "series_date",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("district", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["series.id"],
            name=op.f("fk_series_date_series_id_series"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("series_id", "date", "district", name=op.f("pk_series_date")),
    )
    op.create_table(
        "island",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_island_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_island")),
    )
    op.create_table(
        "word",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=False),
        sa.Column("x", sa.Float(), nullable=True),
        sa.Column("y", sa.Float(), nullable=True),
        sa.Column("size", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_word_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_word")),
    )
    op.create_table(
        "contact",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("island_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "island_number"],
            ["island.event_id", "island.number"],
            name=op.f("fk_contact_event_id_island_number_island"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "island_number", "position", name=op.f("pk_contact")),
    )
    op.create_table(
        "entry",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=22), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.Column("word_id", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "word_id"],
            ["word.event_id", "word.id"],
            name=op.f("fk_entry_event_id_word_id_word"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "device", "submission", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entry_event_id_entry_word_id"), ["event_id", "word_id"], unique=False
        )

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("island_number", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id", "island_number"],
            ["island.event_id", "island.number"],
            name=op.f("fk_invitation_event_id_island_number_island"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_invitation_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_event_id"), ["event_id"], unique=False)

    op.create_table(
        "offer",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("island_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "island_number"],
            ["island.event_id", "island.number"],
            name=op.f("fk_offer_event_id_island_number_island"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "key", name=op.f("pk_offer")),
    )
    op.create_table(
        "card",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("island_number", sa.Integer(), nullable=False),
        sa.Column("offer_key", sa.String(length=80), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=22), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "island_number"],
            ["island.event_id", "island.number"],
            name=op.f("fk_card_event_id_island_number_island"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "offer_key"],
            ["offer.event_id", "offer.key"],
            name=op.f("fk_card_event_id_offer_key_offer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_card")),
        sa.UniqueConstraint(
            "event_id", "device", "submission", name=op.f("uq_card_event_id_device_submission")
        ),
    )
    op.create_table(
        "dot",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=22), nullable=False),
        sa.Column("offer_key", sa.String(length=80), nullable=False),
        sa.Column("knows", sa.Boolean(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "offer_key"],
            ["offer.event_id", "offer.key"],
            name=op.f("fk_dot_event_id_offer_key_offer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "device", "offer_key", name=op.f("pk_dot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_count",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("offer_key", sa.String(length=80), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "offer_key"],
            ["offer.event_id", "offer.key"],
            name=op.f("fk_paper_count_event_id_offer_key_offer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "offer_key", name=op.f("pk_paper_count")),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("planner_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_staff_session_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["planner_id"],
            ["planner.id"],
            name=op.f("fk_staff_session_planner_id_planner"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
    )
    op.create_table(
        "support",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "card_id"],
            ["card.event_id", "card.id"],
            name=op.f("fk_support_event_id_card_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "card_id", "device", name=op.f("pk_support")),
    )
