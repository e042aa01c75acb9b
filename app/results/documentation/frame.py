"""What the documentation of an event and that of a series have around it: the file's facts, the dates."""

import datetime
from typing import Any

from app.planning.accent import accent_of, ink_on
from app.results.documentation.labels import Translate, labels
from app.results.documentation.spoken import Spoken
from app.results.reported.series import ReportedSeries


def frame(
    series: ReportedSeries, title: str, changed: datetime.datetime, spoken: Spoken, _: Translate
) -> dict[str, Any]:
    """`title`: of what is documented; `changed`: when any of it was for the last time."""
    said = labels(_)
    accent = accent_of(series.accent)
    return {
        "language": spoken.language,
        "title": f"{said['documentation']}: {title}",
        "author": series.organiser,
        "changed": [changed.year, changed.month, changed.day, changed.hour, changed.minute],
        "accent": {"fill": accent, "text": ink_on(accent)},
        "words": said,
    }


def logo(series: ReportedSeries, _: Translate) -> str | None:
    """What is said of it to who does not see it; None where there is none."""
    return f"{_('Logo:')} {series.organiser}".strip() if series.has_logo else None


def dates(
    series: ReportedSeries, held: set[tuple[datetime.date, str]], spoken: Spoken
) -> list[dict[str, Any]]:
    """All of the series; `held`: those that are documented here."""
    return [
        {
            "date": spoken.date(day.date),
            "district": day.district,
            "is_this": (day.date, day.district) in held,
        }
        for day in series.dates
    ]
