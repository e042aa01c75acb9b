"""What every page uses: rendering, language, static files, refusals, headers and the origin check."""

# its numbers hold for every route that is made after this
from app.web import addresses as addresses
