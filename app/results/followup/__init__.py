"""What planners make of the cards afterwards: groups, and what becomes of each."""
