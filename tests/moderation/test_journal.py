"""The journal numbers its lines and tells them newest first."""

from app.moderation.journal import journal, record


def test_acts_are_told_newest_first_with_who_and_what(database, event):
    database.write(record, event.id, "moderator 1", "hiding", "a1b2", before="waiting")
    database.write(record, event.id, "planner Kim", "phase", before="cafe", after="cloud")

    with database.read() as session:
        told = [
            (act.number, act.actor, act.name, act.subject, act.details)
            for act in journal(session, event.id)
        ]

    assert told == [
        (2, "planner Kim", "phase", "", {"before": "cafe", "after": "cloud"}),
        (1, "moderator 1", "hiding", "a1b2", {"before": "waiting"}),
    ]
