"""How the islands of a report are read: each question once, however many islands there are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.feedback.models import Card, Dot, PaperCount, SealedDots, Source, State, Support
from app.planning.models import Contact, Island, Offer
from app.results.reported.groups import groups_of_cards
from app.results.reported.islands import (
    ReportedCard,
    ReportedContact,
    ReportedIsland,
    ReportedOffer,
)
from app.results.reported.photos import ReportedPhoto

K = TypeVar("K")
T = TypeVar("T")


def reported_islands(
    session: Session, event_id: int, photos: Iterable[ReportedPhoto]
) -> tuple[ReportedIsland, ...]:
    """In the order of the plan. What was retired stays as long as it has dots or approved cards: an
    answer given is never lost."""
    photographed = _grouped((photo.island_number, photo) for photo in photos)
    islands = session.exec(
        select(Island)
        .where(Island.event_id == event_id)
        .order_by(col(Island.position), col(Island.number))
    ).all()
    contacts = _grouped(
        (
            contact.island_number,
            ReportedContact(contact.name, contact.url, contact.mail, contact.phone),
        )
        for contact in session.exec(
            select(Contact).where(Contact.event_id == event_id).order_by(col(Contact.position))
        )
    )
    offers = _offers(session, event_id)
    cards = _cards(session, event_id)
    named = {card.offer for of_island in cards.values() for card in of_island}
    reported = []
    for island in islands:
        kept = tuple(
            offer
            for offer in offers[island.number]
            if not (offer.is_retired or island.is_retired) or offer.total or offer.key in named
        )
        if kept or cards[island.number] or not island.is_retired:
            reported.append(
                ReportedIsland(
                    number=island.number,
                    title=island.title,
                    text=island.text,
                    key_sentence=island.key_sentence,
                    note=island.note,
                    is_retired=island.is_retired,
                    contacts=tuple(contacts[island.number]),
                    offers=kept,
                    cards=tuple(cards[island.number]),
                    photos=tuple(photographed[island.number]),
                )
            )
    return tuple(reported)


def _offers(session: Session, event_id: int) -> dict[int, list[ReportedOffer]]:
    dots = {
        (offer, source, knows): count
        for offer, source, knows, count in session.exec(
            select(Dot.offer_key, Dot.source, Dot.knows, func.count())
            .where(Dot.event_id == event_id, col(Dot.knows).is_not(None))
            .group_by(col(Dot.offer_key), col(Dot.source), col(Dot.knows))
        )
    }
    for sealed in session.exec(select(SealedDots).where(SealedDots.event_id == event_id)):
        dots[sealed.offer_key, sealed.source, True] = sealed.yes
        dots[sealed.offer_key, sealed.source, False] = sealed.no
    paper = {
        count.offer_key: (count.yes, count.no)
        for count in session.exec(select(PaperCount).where(PaperCount.event_id == event_id))
    }
    return _grouped(
        (
            offer.island_number,
            ReportedOffer(
                key=offer.key,
                title=offer.title,
                description=offer.description,
                scope=offer.scope,
                is_retired=offer.is_retired,
                phone_yes=dots.get((offer.key, Source.phone, True), 0),
                phone_no=dots.get((offer.key, Source.phone, False), 0),
                tablet_yes=dots.get((offer.key, Source.tablet, True), 0),
                tablet_no=dots.get((offer.key, Source.tablet, False), 0),
                paper_yes=paper.get(offer.key, (0, 0))[0],
                paper_no=paper.get(offer.key, (0, 0))[1],
            ),
        )
        for offer in session.exec(
            select(Offer)
            .where(Offer.event_id == event_id)
            .order_by(col(Offer.position), col(Offer.key))
        )
    )


def _cards(session: Session, event_id: int) -> dict[int, list[ReportedCard]]:
    supports = dict(
        session.exec(
            select(Support.card_id, func.count())
            .where(Support.event_id == event_id)
            .group_by(col(Support.card_id))
        ).all()
    )
    groups = groups_of_cards(session, event_id)
    return _grouped(
        (
            island,
            ReportedCard(offer, text, State.approved, supports.get(card, 0), groups.get(card)),
        )
        for card, island, offer, text in session.exec(
            select(Card.id, Card.island_number, Card.offer_key, Card.text)
            .where(Card.event_id == event_id, Card.state == State.approved)
            .order_by(col(Card.arrival), col(Card.id))
        )
    )


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
