"""What this computer is and has, asked of the system itself: its networks, its drives, its power."""
