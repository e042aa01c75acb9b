"""Whether this computer carries the evening: the check-up, and an evening with simulated attendees."""
