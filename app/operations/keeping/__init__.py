"""What is kept, and no longer than it is needed: backups in time, restore, retention."""
