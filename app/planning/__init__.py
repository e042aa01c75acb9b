"""Before the day: series, event, islands, contacts, offers; the plan as a file; QR codes."""
