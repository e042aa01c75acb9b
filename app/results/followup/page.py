"""The page on which planners group the cards, or the board in it that acts change."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session, select
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Refusal
from app.planning.models import Contact, Island
from app.planning.queries import event_by_key, islands_of
from app.results.followup.groups import GroupFacts
from app.results.followup.models import Progress
from app.results.followup.outcomes import outcomes_of
from app.results.followup.queries import (
    OPENED,
    Opened,
    groups_with_cards,
    undecided_cards,
    ungrouped_cards,
    ungrouped_counts,
)
from app.web.pages import page
from app.web.refusals import is_htmx

SHOWN_IN_GROUP = 5  # of the cards of a group that is not opened
MOST_SHOWN = 100  # of the cards that are in no group; the next ones come up as these go


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the board is looked at: the cards that are in no group, of one island or of all, and a group
    that is opened."""

    island: int | None = None
    opened: Opened | None = None

    @property
    def query(self) -> str:
        """As the end of an address."""
        return self.of_group(self.opened.group, self.opened.page) if self.opened else self.plain

    @property
    def plain(self) -> str:
        """With no group opened."""
        return "" if self.island is None else f"?island={self.island}"

    def of_group(self, group: str, page: int = 1) -> str:
        fields: dict[str, object] = {} if self.island is None else {"island": self.island}
        return "?" + urlencode(fields | {"group": group} | ({"page": page} if page > 1 else {}))


@dataclass(frozen=True, slots=True)
class TypedGroup:
    """What was typed for a group and could not be stored."""

    id: str
    facts: GroupFacts


def followup_page(
    request: Request,
    key: str,
    shown: Shown,
    *,
    refusal: Refusal | None = None,
    typed: TypedGroup | None = None,
    typed_outcomes: str | None = None,
) -> HTMLResponse:
    """What was typed and not taken stays in its form."""
    island, opened = shown.island, shown.opened
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_key(session, key)
        assert event.id is not None
        counts = ungrouped_counts(session, event.id)
        return page(
            request,
            "results/followup.html#board" if is_htmx(request) else "results/followup.html",
            status=refusal.status if refusal else 200,
            event=event,
            base=f"/plan/events/{key}/follow-up",
            query=shown.query,
            shown=shown,
            island=island,
            islands=islands_of(session, event),
            titles=dict(
                session.exec(
                    select(Island.number, Island.title).where(Island.event_id == event.id)
                ).all()
            ),
            counts=counts,
            waiting=sum(counts.values()),
            undecided=undecided_cards(session, event.id),
            cards=ungrouped_cards(session, event.id, island, MOST_SHOWN),
            most_shown=MOST_SHOWN,
            groups=groups_with_cards(session, event.id, SHOWN_IN_GROUP, opened),
            page_length=OPENED,
            outcomes=outcomes_of(event),
            typed_outcomes=typed_outcomes,
            progresses=list(Progress),
            departments=_departments(session, event.id),
            refusal=refusal,
            typed=typed,
        )


def _departments(session: Session, event_id: int) -> list[str]:
    """To choose from: those of the contacts, which are the departments that are there."""
    names = session.exec(select(Contact.name).where(Contact.event_id == event_id))
    return sorted(set(names))
