"""The Word file as bytes: the same ones for the same document."""

import io
import zipfile

from docx.document import Document

from app.results.docx.pictures import number_pictures


def stored(document: Document, changed: list[int]) -> bytes:
    """With the date of the event's last change on every part, and the parts in the order of their names."""
    number_pictures(document)
    saved, file = io.BytesIO(), io.BytesIO()
    document.save(saved)
    year, month, day, hour, minute = changed
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(file, "w") as written:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, (max(year, 1980), month, day, hour, minute, 0))
            is_compressed = name.endswith((".jpg", ".jpeg", ".png"))
            part.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
            part.create_system = 0  # the same on every system
            written.writestr(part, parts.read(name))
    return file.getvalue()
