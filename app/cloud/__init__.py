"""Words to picture: normalise spellings, place words, draw them. Pure functions, no database."""
