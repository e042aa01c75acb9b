"""Copies of the database that bring an evening back: made while it is served, checked, rotated."""
