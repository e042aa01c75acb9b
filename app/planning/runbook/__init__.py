"""One printed page for the day: what is done when, and what to do when something goes wrong."""
