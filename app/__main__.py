"""`python -m app …` is `worldcafe …`."""

from app.cli import main

main()
