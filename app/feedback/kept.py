"""How many dots each offer has, for those who are about to take one out of the programme."""

from collections import Counter

from sqlmodel import Session, col, func, select

from app.feedback.models import Dot, PaperCount


def kept_dots(session: Session, event_id: int) -> dict[str, int]:
    """Offer key → dots, paper ones included; also of offers that are retired."""
    dots: Counter[str] = Counter()
    given = select(Dot.offer_key, func.count()).where(
        Dot.event_id == event_id, col(Dot.knows).is_not(None)
    )
    for key, count in session.exec(given.group_by(col(Dot.offer_key))):
        dots[key] += count
    for paper in session.exec(select(PaperCount).where(PaperCount.event_id == event_id)):
        dots[paper.offer_key] += paper.yes + paper.no
    return dict(dots)
