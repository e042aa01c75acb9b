"""The way in: `worldcafe …`, also `python -m app …`."""

import gc

gc.disable()  # importing makes much and drops nothing: looking for it takes a fifth of a start
from app.cli import main  # noqa: E402

gc.enable()

if __name__ == "__main__":
    main()
