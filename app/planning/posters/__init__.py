"""What is printed before the day: posters, table tents, invitations, paper sheets."""
