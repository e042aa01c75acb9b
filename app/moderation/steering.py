"""What a moderator decides about the event: phase, clock, scene, curtain, pause, results, cloud.

Every act sets a value and never toggles, so that pressing twice, or two people pressing, does no harm.
Acts return what the journal keeps of them.
"""

from typing import Literal

from sqlmodel import Session

from app.errors import N_, NotAcceptable
from app.live.layouter import arrange_afresh
from app.planning.clock import clock_of, set_clock
from app.planning.journal import Details
from app.planning.models import Event, Island, Phase, SceneName, refuse_sealed, this_minute
from app.planning.versions import raise_version

MAX_CLOCK_S = 24 * 3600
SHORTEST_ROUND_S = 60
SCENE_OF_PHASE = {
    Phase.setup: SceneName.join,
    Phase.cafe: SceneName.overview,
    Phase.cloud: SceneName.cloud,
    Phase.closed: SceneName.thanks,
}


def enter_phase(
    session: Session, event_id: int, phase: Phase, is_clock_running: bool | None = None
) -> Details:
    """Any phase from any other. The wall changes to the scene that goes with it; the clock starts or
    stops if that is said."""
    event = session.get_one(Event, event_id)
    before = str(event.phase)
    if is_clock_running is not None:
        set_clock(event, running=is_clock_running)
    if before != phase:
        refuse_sealed(event)
        event.phase = phase
        event.closed_at = this_minute() if phase == Phase.closed else None
        event.scene_name = SCENE_OF_PHASE[phase]
        event.scene_island = None
    elif is_clock_running is None:
        return None
    _save(session, event)
    return {"before": before, "after": str(phase)} if before != phase else None


def show_scene(session: Session, event_id: int, name: SceneName, island: int | None) -> None:
    event = session.get_one(Event, event_id)
    is_of_island = name == SceneName.island or (name == SceneName.harvest and island is not None)
    if is_of_island:
        shown = session.get(Island, (event_id, island or 0))
        if shown is None or shown.is_retired:
            raise NotAcceptable(N_("Diese Insel gibt es nicht."), field="island")
    event.scene_name = name
    event.scene_island = island if is_of_island else None
    _save(session, event)


def turn_clock(
    session: Session,
    event_id: int,
    running: bool | None = None,
    remaining_s: int | None = None,
    round_s: int | None = None,
) -> Details:
    """Starts or stops the clock, or sets what remains or how long a round is (0: no rounds); None
    leaves that as it is."""
    if remaining_s is not None and not 0 <= remaining_s <= MAX_CLOCK_S:
        raise NotAcceptable(field="remaining_s")
    if round_s and not SHORTEST_ROUND_S <= round_s <= MAX_CLOCK_S:
        raise NotAcceptable(field="round_s")
    event = session.get_one(Event, event_id)
    before = (clock_of(event), event.clock_round_s)
    set_clock(event, running=running, remaining_s=remaining_s, round_s=round_s)
    _save(session, event)
    after = (clock_of(event), event.clock_round_s)
    details: dict[str, int | bool | None] = {}
    if after[0].running != before[0].running:
        details["running"] = after[0].running
    if remaining_s is not None:
        details |= {"before_s": before[0].remaining_s, "after_s": after[0].remaining_s}
    if after[1] != before[1]:
        details["round_s"] = after[1]
    return details or None


def round_lengths(event: Event) -> list[int]:
    """Lengths to choose from, in seconds: usual ones, those that the time divides into, the present."""
    total_s = event.cafe_minutes * 60
    even = {total_s // n for n in range(2, 7) if total_s % (n * 60) == 0}
    usual = {minutes * 60 for minutes in (10, 15, 20, 25, 30) if minutes * 60 < total_s}
    present = {event.clock_round_s} if event.clock_round_s else set()
    return sorted(even | usual | present)


def draw_curtain(session: Session, event_id: int, is_down: bool) -> Details:
    return _switch(session, event_id, "has_curtain", is_down)


def pause(session: Session, event_id: int, is_paused: bool) -> Details:
    """While paused, nothing is taken from the phones."""
    return _switch(session, event_id, "is_paused", is_paused)


def reveal(session: Session, event_id: int, is_revealed: bool) -> Details:
    return _switch(session, event_id, "is_revealed", is_revealed)


def freeze(session: Session, event_id: int, is_frozen: bool) -> Details:
    """The wall's cloud shows what was sent until now, and later entries once it thaws; hiding works on."""
    event = session.get_one(Event, event_id)
    if (event.cloud_frozen_at is not None) == is_frozen:
        return None
    event.cloud_frozen_at = event.version if is_frozen else None
    _save(session, event)
    return {"frozen": is_frozen}


def arrange(session: Session, event_id: int) -> Details:
    """The cloud is laid out anew."""
    arrange_afresh(session, event_id)
    return {"arranged": True}


def _switch(
    session: Session,
    event_id: int,
    name: Literal["has_curtain", "is_paused", "is_revealed"],
    is_on: bool,
) -> Details:
    event = session.get_one(Event, event_id)
    before = getattr(event, name)
    setattr(event, name, is_on)
    _save(session, event)
    return {"after": is_on} if before != is_on else None


def _save(session: Session, event: Event) -> None:
    session.add(event)
    raise_version(session, event)
