"""The documentation laid out as a Word file, to go on writing in."""
