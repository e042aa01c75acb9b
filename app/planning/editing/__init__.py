"""A plan changed by form: the draft, the fields, the pages."""
