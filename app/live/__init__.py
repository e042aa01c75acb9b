"""What is shown now: the tally, the one state, the sockets and the wall."""
