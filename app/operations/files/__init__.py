"""Files of an event for the terminal; they only read, so a server may run or not."""
