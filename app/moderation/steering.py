"""What a moderator decides about the event: phase, clock, scene, curtain, pause, results, rehearsal.

Every act sets a value and never toggles, so that pressing twice, or two people pressing, does no harm.
"""

import secrets

from sqlmodel import Session, col, delete, select

from app.errors import N_, NotAcceptable, NotOpen
from app.feedback.models import Card, Dot, Entry, PaperCount, Support, Word
from app.moderation.models import Act
from app.planning.clock import set_clock
from app.planning.models import Event, Island, Phase, SceneName, refuse_sealed, this_minute
from app.planning.versions import raise_version

MAX_CLOCK_S = 24 * 3600
SCENE_OF_PHASE = {
    Phase.setup: SceneName.join,
    Phase.cafe: SceneName.overview,
    Phase.cloud: SceneName.cloud,
    Phase.closed: SceneName.thanks,
}


def enter_phase(
    session: Session, event_id: int, phase: Phase, is_clock_running: bool | None = None
) -> None:
    """Any phase from any other. The wall changes to the scene that goes with it; the clock starts or
    stops if that is said."""
    event = session.get_one(Event, event_id)
    if is_clock_running is not None:
        set_clock(event, running=is_clock_running)
    if event.phase != phase:
        refuse_sealed(event)
        event.phase = phase
        event.closed_at = this_minute() if phase == Phase.closed else None
        event.scene_name = SCENE_OF_PHASE[phase]
        event.scene_island = None
    elif is_clock_running is None:
        return
    _save(session, event)


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
    session: Session, event_id: int, running: bool | None, remaining_s: int | None
) -> None:
    """Starts or stops the clock, or sets what remains; None leaves that as it is."""
    if remaining_s is not None and not 0 <= remaining_s <= MAX_CLOCK_S:
        raise NotAcceptable(field="remaining_s")
    event = session.get_one(Event, event_id)
    set_clock(event, running=running, remaining_s=remaining_s)
    _save(session, event)


def draw_curtain(session: Session, event_id: int, is_down: bool) -> None:
    event = session.get_one(Event, event_id)
    event.has_curtain = is_down
    _save(session, event)


def pause(session: Session, event_id: int, is_paused: bool) -> None:
    """While paused, nothing is taken from the phones."""
    event = session.get_one(Event, event_id)
    event.is_paused = is_paused
    _save(session, event)


def reveal(session: Session, event_id: int, is_revealed: bool) -> None:
    event = session.get_one(Event, event_id)
    event.is_revealed = is_revealed
    _save(session, event)


def begin_rehearsal(session: Session, event_id: int) -> None:
    """Only while there is nothing real: what is there would be wiped at the end."""
    event = session.get_one(Event, event_id)
    if event.is_rehearsal:
        return
    refuse_sealed(event)
    if has_feedback(session, event_id):
        raise NotOpen(
            N_(
                "Es gibt schon echte Punkte, Karten oder Wörter. Eine Probe würde sie am Ende löschen."
            )
        )
    event.is_rehearsal = True
    _save(session, event)


def end_rehearsal(session: Session, event_id: int, *, keep: bool) -> None:
    """Wipes everything that was tried, unless `keep`. Devices of the rehearsal are unknown afterwards:
    their hashes are keyed with a secret that is gone."""
    event = session.get_one(Event, event_id)
    if not event.is_rehearsal:
        return
    event.is_rehearsal = False
    if not keep:
        for table in (Support, Card, Entry, Word, Dot, PaperCount, Act):
            session.exec(delete(table).where(col(table.event_id) == event_id))
        for island in session.exec(select(Island).where(Island.event_id == event_id)):
            island.key_sentence = island.note = ""
        event.cloud_frozen_at = None
        event.device_secret = secrets.token_bytes(32)
        event.epoch += 1  # what is still on its way from a rehearsing device is not taken
        event.clock_remaining_s = event.cafe_minutes * 60
        event.clock_started_at = None
    _save(session, event, is_plan=True)


def has_feedback(session: Session, event_id: int) -> bool:
    """Whether there is any dot, card or word, withdrawn ones included."""
    return any(
        session.exec(select(table).where(col(table.event_id) == event_id).limit(1)).first()
        is not None
        for table in (Dot, Card, Entry, PaperCount)
    )


def _save(session: Session, event: Event, *, is_plan: bool = False) -> None:
    session.add(event)
    raise_version(session, event, is_plan=is_plan)
