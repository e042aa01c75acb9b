"""Keeping it running: a room for each kind of command (as in `cli`), and what all of them need."""
