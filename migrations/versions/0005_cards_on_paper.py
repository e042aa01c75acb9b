"""where a card came from"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that are there came from phones. No default stays behind."""
    source = sa.Column("source", sa.String(length=10), nullable=False, server_default="phone")
    op.add_column("card", source)
    with op.batch_alter_table("card") as batch:
        batch.alter_column("source", server_default=None)
