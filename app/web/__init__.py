"""What every page uses: rendering, language, static files, refusals, headers and the origin check."""
