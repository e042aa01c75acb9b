"""Keeping it running: commands to the running server, the rehearsal."""
