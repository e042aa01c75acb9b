"""The server as a process: its port, its protocols, its log, and what it says when it starts."""
