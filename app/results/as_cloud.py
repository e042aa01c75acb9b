"""The word cloud as files of their own, for slides and posters: as it stood on the wall, on light paper.

It imports no more than it needs: a child process starts with it.
"""

from typing import Any

from app.planning.child import answer
from app.planning.typesetting import drawn, outlined
from app.results.writable import writable

TEMPLATE = "results/cloud_picture.typ"
DOTS_PER_INCH = 144  # of a picture 1600 points wide: 3200 pixels
# When nobody has sent a word the picture says so, as large as a caption.
SENTENCE_SIZE, SENTENCE_INK = 44, "#5c5346"


def as_svg(content: dict[str, Any]) -> bytes:
    """`content`: see `documentation`. Outlines only: it looks the same where our font is missing; what
    can be read in it stands in its title and description. The same bytes for the same content."""
    content = writable(content)
    picture = _picture(content)
    return outlined(
        TEMPLATE,
        picture,
        title=_title(content),
        description=_description(content, picture),
        language=content["language"],
    )


def as_png(content: dict[str, Any]) -> bytes:
    """The same picture of 3200 x 1800 pixels."""
    return drawn(TEMPLATE, _picture(content), DOTS_PER_INCH)


def _picture(content: dict[str, Any]) -> dict[str, Any]:
    """`mark`: what is to be seen in it as long as it is not the final one."""
    return (content["cloud"] or _without_words(content)) | {"mark": " ".join(content["marks"])}


def _without_words(content: dict[str, Any]) -> dict[str, Any]:
    said = content["words"]["no_words"]
    sentence = {"text": said, "x": 800, "y": 450, "size": SENTENCE_SIZE, "ink": SENTENCE_INK}
    return {"width": 1600, "height": 900, "paper": "#fdfbf7", "alt": said, "words": [sentence]}


def _title(content: dict[str, Any]) -> str:
    return f"{content['words']['cloud']}: {content['cover']['title']}"


def _description(content: dict[str, Any], picture: dict[str, Any]) -> str:
    """The mark, and every word of the picture with its number, the most frequent first."""
    shown = {word["text"] for word in picture["words"]}
    words = [word for word in content["cloud_words"] if word["word"] in shown]
    listed = ", ".join(f"{word['word']} ({word['count']})" for word in words)
    return " ".join(filter(None, [picture["mark"], listed or picture["alt"]]))


if __name__ == "__main__":
    answer(lambda kind, content, _pictures: as_svg(content) if kind == "svg" else as_png(content))
