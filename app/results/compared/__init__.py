"""What a comparison is made of: plain values, and how each is read."""
