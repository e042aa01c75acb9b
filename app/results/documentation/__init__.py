"""What the documentation says, as plain content, before anybody lays it out."""
