"""Copies of the database that bring an evening back: made while it is served, checked, rotated.

All of it is of SQLite's one file. On a database server there is no such file: its keeper backs it up with the
server's own tools, and nothing here applies. Who else knows that the data are a file is listed in
`pyproject.toml`, and nobody is added unseen ("The data are a file of SQLite's").
"""
