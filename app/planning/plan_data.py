"""A plan as the data a TOML file of it holds, and an event's stored plan read back from its rows."""

from typing import Any

from pydantic import BaseModel
from sqlmodel import Session, col, select

from app.planning.models import Contact, Event, Island, Offer, Series, SeriesDate
from app.planning.plan import (
    Plan,
    PlannedContact,
    PlannedEvent,
    PlannedIsland,
    PlannedOffer,
    PlannedSeries,
)
from app.planning.queries import contacts_of, islands_of, offers_of

Data = dict[str, Any]


def data_of(plan: Plan) -> Data:
    """With every sibling under its own name: `title_en`. What is left empty is left out."""
    return {
        "series": _flat(plan.series)
        | {"dates": [{"date": day.date, "district": day.district} for day in plan.series.dates]},
        "event": _flat(plan.event),
        "islands": [
            _flat(island)
            | {"contacts": [_flat(contact) for contact in island.contacts]}
            | {"offers": [_flat(offer) for offer in island.offers]}
            for island in plan.islands
        ],
    }


def stored_data(session: Session, event: Event) -> Data:
    """The plan an event has now, without what was retired."""
    contacts: dict[int, list[Data]] = {}
    offers: dict[int, list[Data]] = {}
    for contact in contacts_of(session, event):
        contacts.setdefault(contact.island_number, []).append(contact_data(contact))
    for offer in offers_of(session, event):
        offers.setdefault(offer.island_number, []).append(offer_data(offer))
    return {
        "series": series_data(session, event.series_id),
        "event": _flat(event, PlannedEvent),
        "islands": [
            island_data(island)
            | {"contacts": contacts.get(island.number, []), "offers": offers.get(island.number, [])}
            for island in islands_of(session, event)
        ],
    }


def series_data(session: Session, series_id: int) -> Data:
    dates = session.exec(
        select(SeriesDate)
        .where(SeriesDate.series_id == series_id)
        .order_by(col(SeriesDate.date), col(SeriesDate.district))
    )
    return _flat(session.get_one(Series, series_id), PlannedSeries) | {
        "dates": [{"date": day.date, "district": day.district} for day in dates]
    }


def island_data(island: Island) -> Data:
    """Without its contacts and offers."""
    return _flat(island, PlannedIsland)


def contact_data(contact: Contact) -> Data:
    return _flat(contact, PlannedContact)


def offer_data(offer: Offer) -> Data:
    return _flat(offer, PlannedOffer)


def _flat(row: Any, model: type[BaseModel] | None = None) -> Data:
    """The fields of `model` that `row` has filled, and the siblings among its texts."""
    fields = (model or type(row)).model_fields
    own = {
        name: getattr(row, name)
        for name in fields
        if name not in {"texts", "dates", "contacts", "offers"}
    }
    texts = {
        f"{name}_{language}": text
        for language, said in sorted(row.texts.items())
        for name, text in said.items()
        if text
    }
    needed = {name for name, field in fields.items() if field.is_required()}
    return {name: value for name, value in own.items() if value != "" or name in needed} | texts
