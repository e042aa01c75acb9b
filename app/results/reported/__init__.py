"""What a report is made of: plain values, and how each is read."""
