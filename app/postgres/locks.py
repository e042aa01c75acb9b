"""The names by which all nodes of one database know its locks and its channel."""

LOCK = 0x776F726C64
"""Held alone by an action, together by batches of the ledger."""
MIGRATION_LOCK = 0x776F726C65
CHANNEL = "worldcafe"
"""What is said there: `news`."""
