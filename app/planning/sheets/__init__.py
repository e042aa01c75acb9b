"""A plan as a spreadsheet: read with every error at its cell, and written to be filled."""
