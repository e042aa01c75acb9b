"""The same event in the next district: five minutes, and every offer stays comparable."""

import datetime

from sqlmodel import Session, col, select

from app.errors import N_, NotAcceptable
from app.planning.importing import import_plan
from app.planning.journal import COPYING, record
from app.planning.keys import event_key_from
from app.planning.models import Event, SeriesDate
from app.planning.plan import checked
from app.planning.plan_data import Data, stored_data
from app.planning.queries import event_by_key

OF_THE_EVENING = ("title", "district", "date", "place", "conclusion", "wifi_name", "wifi_password")
SETTINGS = ("card_approval", "word_approval", "held_words", "clock_round_s", "outcomes")


def copy_event(session: Session, key: str, actor: str, values: Data, *, rehearsal: bool) -> Event:
    """A new event in phase setup, with a code of its own: islands, contacts, offers (with their keys),
    questions and settings of the one with this key; title, district, date and place of `values`.

    Raises PlanErrors, NotAcceptable when there is such an event already. To be run by `Database.write`.
    """
    source = event_by_key(session, key)
    data = stored_data(session, source)
    kept = {
        name: value
        for name, value in data["event"].items()
        if name not in OF_THE_EVENING and name.rpartition("_")[0] not in OF_THE_EVENING
    }
    title, district = str(values.get("title", "")), str(values.get("district", ""))
    made = event_key_from(title, district, values.get("date")) or "event"
    data["event"] = kept | {"district": ""} | values | {"key": made}
    _add_date(data["series"]["dates"], data["event"])
    plan = checked(data)
    if session.exec(select(Event.id).where(Event.key == made)).first() is not None:
        raise NotAcceptable(
            N_(
                "Es gibt schon eine Veranstaltung mit diesem Titel in diesem Stadtteil und Jahr."
                " Bitte einen anderen Titel wählen."
            ),
            field="title",
        )
    copy = import_plan(session, plan, rehearsal=rehearsal)
    copy.sqlmodel_update({name: getattr(source, name) for name in SETTINGS})
    assert copy.id is not None
    record(session, copy.id, actor, COPYING, source.key)
    return copy


def suggestion(session: Session, event: Event) -> Data:
    """The next date of the series that nobody has planned yet, and the title with its district."""
    others = session.exec(select(Event).where(Event.series_id == event.series_id))
    planned = {other.date for other in others}
    following = session.exec(
        select(SeriesDate)
        .where(SeriesDate.series_id == event.series_id, SeriesDate.date > event.date)
        .order_by(col(SeriesDate.date))
    )
    for day in following:
        if day.date not in planned:
            is_named = bool(event.district) and event.district in event.title
            title = event.title.replace(event.district, day.district) if is_named else event.title
            return {"title": title, "district": day.district, "date": day.date}
    return {"title": event.title}


def _add_date(dates: list[Data], event: Data) -> None:
    day = {"date": event.get("date"), "district": event.get("district")}
    if isinstance(day["date"], datetime.date) and day["district"] and day not in dates:
        dates.append(day)
