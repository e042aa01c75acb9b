"""All result files in one that opens in ten years: a ZIP, with the photos and a page to read it with."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from app.results.archive.page import archive_page
from app.results.archive.photos import CAPTIONS, archived_photos, captions_csv
from app.results.documentation.labels import Translate
from app.results.report import Report
from app.results.reported.photos import Pictures

PAGE = "index.html"
_COMPRESSED = (".jpg", ".png", ".docx", ".xlsx", ".pdf")  # hardly smaller if it is done again


def archived(report: Report, _: Translate, pictures: Pictures, files: Mapping[str, bytes]) -> bytes:
    """`files` by name, the photos, and the page; in the order of their names, dated by the event's last
    change: the same bytes for the same report."""
    photos = archived_photos(report, pictures)
    contents = dict(files)
    contents[PAGE] = archive_page(report, _, photos, pictures, files)
    contents |= {placed.path: pictures[placed.photo.id] for placed in photos}
    if photos:
        contents[CAPTIONS] = captions_csv(photos, is_german=report.event.is_german)
    return _zipped(contents, report.event.changed_at)


def _zipped(contents: Mapping[str, bytes], changed: datetime) -> bytes:
    # A ZIP file knows no year before 1980 and only even seconds.
    dated = (max(changed.year, 1980), changed.month, changed.day, changed.hour, changed.minute, 0)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, dated)
            is_compressed = name.endswith(_COMPRESSED)
            entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system, and with rights for Unix
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents[name])
    return file.getvalue()
