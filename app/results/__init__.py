"""After (and during) the day: one report, read once, in every format."""
