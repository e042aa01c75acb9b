"""What is kept, and no longer than it is needed: backups at the right moments, restore, retention."""
