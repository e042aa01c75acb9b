"""Who is there: anonymous devices, planners with a password, moderators and hosts by invitation."""
