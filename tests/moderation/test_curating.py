"""Curated words: merged, split, renamed, frozen, and each of it undone; nobody's entry is lost by it."""

import pytest
from sqlmodel import Session, col, select

from app.cloud.layout import Word as WordToPlace
from app.cloud.layout import lay_out
from app.errors import NotAcceptable, Stale, Unknown
from app.feedback.models import Entry, State, Word
from app.feedback.queries import own_words
from app.feedback.spellings import spelt_words
from app.live.reading import read_tally, shown_words
from app.moderation.curating import (
    Seen,
    dismiss,
    dismissed_pairs,
    last_undoable,
    merge,
    rename,
    split,
    undo,
)
from app.moderation.deciding import decide
from app.moderation.steering import arrange, freeze
from app.moderation.wiping import reset
from app.moderation.words import listed_words, word_panel
from app.planning.journal import act_and_record, journal
from app.results.reported.words import reported_words

ACTOR = "moderator 1"


class Curator:
    """One moderator, and what the cloud is afterwards."""

    def __init__(self, database, event):
        self.database, self.event_id = database, event.id

    def does(self, act, *values):
        self.database.write(act, self.event_id, ACTOR, *values)

    def merges(self, into, *words):
        self.does(merge, Seen(into, self.version(into)), [Seen(word) for word in words])

    def undoes(self):
        with self.database.read() as session:
            number = last_undoable(session, self.event_id).number
        self.does(undo, number)

    def version(self, id):
        with self.database.read() as session:
            return session.get_one(Word, (self.event_id, id)).version

    def cloud(self):
        """Shown word → devices."""
        with self.database.read() as session:
            return {w.text: w.count for w in spelt_words(session, self.event_id)}

    def wall(self):
        with self.database.read() as session:
            return {word.text: word.count for word in read_tally(session, self.event_id).words}

    def states(self):
        with self.database.read() as session:
            return {word.id: word.state for word in session.exec(select(Word))}


@pytest.fixture
def curator(database, event):
    return Curator(database, event)


def test_merged_words_count_every_device_once_and_show_the_spelling_of_most(sent, curator):
    teams = sent.word("Teamgeist", "ada", "ben")
    team = sent.word("Team", "ada", "cem", "dora")
    sent.word("bunt", "ada")

    curator.merges(teams, team)

    assert curator.cloud() == {"Team": 4, "bunt": 1}
    assert curator.wall() == {"Team": 4, "bunt": 1}


def test_what_was_merged_before_comes_along_and_nothing_is_merged_into_what_is_merged(
    sent, curator, database, event
):
    a, b, c = (sent.word(text, text) for text in ("eins", "zwei", "drei"))
    curator.merges(b, c)
    curator.merges(a, b)

    with database.read() as session:
        targets = {word.id: word.merged_into for word in session.exec(select(Word))}
    assert targets == {a: None, b: a, c: a}
    with pytest.raises(Stale):
        curator.merges(b, a)


def test_without_a_target_words_are_merged_into_what_is_hidden_or_else_approved(sent, curator):
    waiting = sent.word("eins", "ada", state=State.waiting)
    approved = sent.word("zwei", "ben")
    hidden = sent.word("drei", "cem", state=State.hidden)

    curator.does(merge, None, [Seen(waiting, 1), Seen(approved, 1)])
    assert curator.states() == {waiting: "approved", approved: "approved", hidden: "hidden"}

    curator.does(merge, None, [Seen(approved, 2), Seen(hidden, 1)])
    assert set(curator.states().values()) == {"hidden"}
    assert curator.wall() == {}


def test_a_hidden_word_is_never_shown_again_by_merging(sent, curator):
    shown, hidden = sent.word("gut", "ada"), sent.word("Mist", "ben", state=State.hidden)

    with pytest.raises(Stale):
        curator.merges(shown, hidden)

    assert curator.wall() == {"gut": 1}


def test_hiding_the_shown_one_hides_all_of_them_on_the_wall_and_on_the_phones(
    sent, curator, database, event
):
    into, other = sent.word("Kaffee", "ada"), sent.word("Kaffe", "ben")
    curator.merges(into, other)

    database.write(decide, Word, event.id, into, "hiding", curator.version(into))

    assert curator.wall() == {}
    with database.read() as session:
        assert [word.state for word in own_words(session, event.id, "ben")] == [State.hidden]
    database.write(decide, Word, event.id, into, "restoration", curator.version(into))
    assert curator.wall() == {"Kaffee": 2}


def test_split_again_each_stands_for_itself(sent, curator):
    into, other = sent.word("Kaffee", "ada", "ben"), sent.word("Kaffe", "cem")
    curator.merges(into, other)

    curator.does(split, other, curator.version(other))

    assert curator.cloud() == {"Kaffee": 2, "Kaffe": 1}


def test_renamed_is_shown_and_reported_under_the_new_name_with_what_was_really_sent(
    sent, curator, database, event
):
    word = sent.word("Vernezung", "ada", "ben")

    curator.does(rename, word, "  Vernetzung ", 1)

    assert curator.wall() == {"Vernetzung": 2}
    with database.read() as session:
        (reported,) = reported_words(session, event.id)
    assert (reported.word, [(v.text, v.count) for v in reported.variants]) == (
        "Vernetzung",
        [("Vernezung", 2)],
    )
    curator.does(rename, word, " ", 2)
    assert curator.wall() == {"Vernezung": 2}


def test_a_name_obeys_the_rules_of_words(sent, curator):
    word = sent.word("bunt", "ada")

    for name in ("drei kurze Wörter", "x" * 31, "www.example.org"):
        with pytest.raises(NotAcceptable):
            curator.does(rename, word, name, 1)

    assert curator.wall() == {"bunt": 1}


def test_who_decides_on_an_older_version_is_refused_and_changes_nothing(sent, curator, now):
    """C06"""
    into, other = sent.word("Kaffee", "ada"), sent.word("Kaffe", "ben")
    curator.does(rename, into, "Kuchen", 1)
    version = now().version

    for act, values in (
        (merge, (Seen(into, 1), [Seen(other)])),
        (merge, (None, [Seen(into, 1), Seen(other, 1)])),
        (rename, (into, "Tee", 1)),
        (split, (into, 1)),
    ):
        with pytest.raises(Stale):
            curator.does(act, *values)

    assert curator.cloud() == {"Kuchen": 1, "Kaffe": 1}
    assert now().version == version


def test_merging_again_changes_nothing_and_unknown_words_are_refused(sent, curator, now):
    into, other = sent.word("Kaffee", "ada"), sent.word("Kaffe", "ben")
    curator.merges(into, other)
    version = now().version

    curator.does(merge, Seen(into, 1), [Seen(other)])
    for act, values in (
        (merge, (Seen(into, 2), [Seen("nobody")])),
        (merge, (Seen("nobody", 1), [Seen(into)])),
        (split, ("nobody", 1)),
        (rename, ("nobody", "gut", 1)),
        (dismiss, ([into, "nobody"],)),
    ):
        with pytest.raises(Unknown):
            curator.does(act, *values)

    assert now().version == version


def test_the_last_acts_are_undone_one_after_the_other(sent, curator, database, event):
    a, b, c = (sent.word(text, text) for text in ("eins", "zwei", "drei"))
    curator.does(rename, a, "Eins", 1)
    curator.merges(b, c)
    curator.merges(a, b)
    curator.does(split, b, curator.version(b))
    assert curator.cloud() == {"Eins": 2, "zwei": 1}

    clouds = []
    for _ in range(4):
        curator.undoes()
        clouds.append(curator.cloud())

    assert clouds == [
        {"Eins": 3},
        {"Eins": 1, "zwei": 2},
        {"Eins": 1, "zwei": 1, "drei": 1},
        {"eins": 1, "zwei": 1, "drei": 1},
    ]
    with database.read() as session:
        assert last_undoable(session, event.id) is None
        names = [act.name for act in journal(session, event.id)]
    assert names[::-1] == ["renaming", "merging", "merging", "splitting", *["word-undoing"] * 4]


def test_after_a_reset_nothing_of_before_can_be_undone(sent, curator, database, event):
    curator.merges(sent.word("Austausch", "ada"), sent.word("Dialog", "ben"))

    why = "zu viel probiert"
    database.write(act_and_record, event.id, ACTOR, "reset", "", reset, event.id, why, event.code)

    with database.read() as session:
        assert last_undoable(session, event.id) is None


def test_of_two_moderators_who_undo_only_one_does(sent, curator, database, event):
    into, other = sent.word("Kaffee", "ada"), sent.word("Kaffe", "ben")
    curator.does(rename, into, "Kuchen", 1)
    curator.merges(into, other)
    with database.read() as session:
        number = last_undoable(session, event.id).number
    curator.does(undo, number)

    with pytest.raises(Stale):
        curator.does(undo, number)

    assert curator.cloud() == {"Kuchen": 1, "Kaffe": 1}


def test_undo_of_a_merge_leaves_hidden_what_was_hidden_since(sent, curator, database, event):
    into, other = sent.word("Mist", "ada"), sent.word("Misst", "ben")
    curator.merges(into, other)
    database.write(decide, Word, event.id, into, "hiding", curator.version(into))

    curator.undoes()

    assert curator.states() == {into: "hidden", other: "hidden"}


def test_undo_of_a_split_never_shows_a_hidden_word_again(sent, curator, database, event):
    """Nobody decided on the two together since: the hidden one stays on its own."""
    shown, hidden = sent.word("Kaffee", "ada"), sent.word("Mist", "ben", "cem")
    curator.merges(shown, hidden)
    database.write(decide, Word, event.id, shown, "hiding", curator.version(shown))
    curator.does(split, hidden, curator.version(hidden))
    database.write(decide, Word, event.id, shown, "restoration", curator.version(shown))
    assert curator.wall() == {"Kaffee": 1}

    curator.undoes()

    assert curator.wall() == {"Kaffee": 1}
    assert curator.states() == {shown: "approved", hidden: "hidden"}


def test_undo_of_a_merge_leaves_hidden_what_was_shown_and_hidden_since(
    sent, curator, database, event
):
    hidden, other = sent.word("Mist", "ada", state=State.hidden), sent.word("Misst", "ben")
    curator.merges(hidden, other)
    for act in ("restoration", "hiding"):
        values = (decide, Word, event.id, hidden, act, curator.version(hidden))
        database.write(act_and_record, event.id, ACTOR, act, hidden, *values)

    curator.undoes()

    assert curator.states() == {hidden: "hidden", other: "hidden"}
    assert curator.wall() == {}


def test_nothing_from_before_a_reset_is_undone_on_what_was_sent_since(
    sent, curator, database, event
):
    into, other = sent.word("Kaffee", "ada"), sent.word("Kaffe", "ben")
    curator.merges(into, other)
    curator.does(split, other, curator.version(other))
    values = (reset, event.id, "Falsch begonnen", event.code)
    database.write(act_and_record, event.id, ACTOR, "reset", "", *values)
    sent.word("Kaffee", "cem")
    sent.word("Kaffe", "dora")

    with database.read() as session:
        assert last_undoable(session, event.id) is None
    assert curator.cloud() == {"Kaffee": 1, "Kaffe": 1}


def test_who_saw_a_merged_word_before_all_of_them_were_hidden_is_refused(
    sent, curator, database, event
):
    """C06: one decision about words that are one is a decision about each of them."""
    into, other = sent.word("Mist", "ada"), sent.word("Misst", "ben")
    curator.merges(into, other)
    seen = curator.version(other)
    database.write(decide, Word, event.id, into, "hiding", curator.version(into))

    with pytest.raises(Stale):
        database.write(decide, Word, event.id, other, "approval", seen)
    with pytest.raises(Stale):
        curator.does(split, other, seen)

    assert curator.wall() == {}


def test_undo_of_a_split_takes_along_what_was_merged_since(sent, curator, database):
    a, b, c = (sent.word(text, text) for text in ("eins", "zwei", "drei"))
    curator.merges(a, b)
    curator.does(split, b, curator.version(b))

    def joins(session: Session) -> None:  # as another form of a word does when it arrives
        word = session.exec(select(Word).where(col(Word.id) == c)).one()
        word.merged_into = b

    database.write(joins)
    curator.undoes()

    with database.read() as session:
        assert {w.id: w.merged_into for w in session.exec(select(Word))} == {a: None, b: a, c: a}


def test_the_journal_tells_who_merged_what_and_keeps_no_text_of_anybody(
    sent, curator, database, event
):
    into, other = sent.word("Kaffee", "ada"), sent.word("Kaffe", "ben")
    curator.merges(into, other)

    with database.read() as session:
        (act,) = journal(session, event.id)
    alone = {"merged_into": None, "state": "approved", "renamed": None}
    assert (act.actor, act.name, act.subject) == (ACTOR, "merging", into)
    assert act.details == {
        "before": {into: alone, other: alone},
        "after": {into: alone, other: alone | {"merged_into": into}},
    }


def test_a_dismissed_proposal_does_not_come_back(sent, curator, database, event, now):
    one, other = sent.word("Vernetzung", "ada", "ben"), sent.word("Vernezung", "cem")

    def proposed():
        with database.read() as session:
            return [(p.into.id, p.word.id) for p in word_panel(session, event)["proposals"]]

    assert proposed() == [(one, other)]
    version = now().version

    curator.does(dismiss, [other, one])
    curator.does(dismiss, [one, other])

    assert proposed() == []
    assert now().version == version + 1  # the other desks are told, once
    with database.read() as session:
        assert dismissed_pairs(session, event.id) == {frozenset((one, other))}
        assert last_undoable(session, event.id) is None


def test_hidden_words_are_not_proposed_and_of_two_the_approved_one_stays(
    sent, database, event, curator
):
    sent.word("Vernetzung", "ada", state=State.hidden)
    held = sent.word("Vernezung", "ben", "cem", state=State.waiting)
    shown = sent.word("Vernetzzung", "dora")

    with database.read() as session:
        panel = word_panel(session, event)

    assert [(p.into.id, p.word.id) for p in panel["proposals"]] == [(shown, held)]


def test_the_frozen_cloud_shows_what_was_sent_until_then_and_the_results_show_all(
    sent, curator, database, event, now
):
    early = sent.word("bunt", "ada")

    def arrive(session: Session) -> None:
        entry = session.exec(select(Entry)).first()
        entry.arrival = now().version

    database.write(arrive)
    database.write(freeze, event.id, True)
    frozen_at = now().cloud_frozen_at

    def arrives_later(session: Session) -> None:
        entry = Entry(
            event_id=event.id,
            device="late",
            submission="late",
            word_id=early,
            text="Bunt",
            arrival=frozen_at + 2,
        )
        session.add(entry)

    database.write(arrives_later)

    assert (curator.wall(), curator.cloud()) == ({"bunt": 1}, {"Bunt": 2})
    with database.read() as session:
        assert [word.count for word in reported_words(session, event.id)] == [2]
        assert [word.count for word in listed_words(session, event.id)[0]] == [2]
    database.write(freeze, event.id, True)  # pressed twice: still that moment
    assert now().cloud_frozen_at == frozen_at
    database.write(decide, Word, event.id, early, "hiding", 1)
    assert curator.wall() == {}  # hiding works at once
    database.write(decide, Word, event.id, early, "restoration", 2)
    database.write(freeze, event.id, False)
    assert (curator.wall(), now().cloud_frozen_at) == ({"Bunt": 2}, None)


def test_three_merged_words_take_as_many_queries_as_one(sent, curator, database, event, counted):
    def queries():
        with database.read() as session, counted(session) as statements:
            panel = word_panel(session, event)
        return len(panel["words"]), len(statements)

    a = sent.word("eins", "ada")
    assert queries() == (1, 5)

    curator.merges(a, sent.word("zwei", "ada"), sent.word("drei", "ben"))
    sent.word("bunt", "ada")
    assert queries() == (2, 5)


def test_a_cloud_that_has_grown_loose_is_arranged_afresh(sent, database, event, now):
    for number, text in enumerate(["bunt", "laut", "Zukunft", "viel gelernt", "nett", "gut"]):
        for device in range(number + 1):
            sent.word(text, f"device {device} {number}")

    def scatter(session: Session) -> None:
        for number, word in enumerate(session.exec(select(Word))):
            word.x, word.y, word.size = 200.0 * number, 450.0, 9.0

    database.write(scatter)
    before = now().version

    database.write(arrange, event.id)

    with database.read() as session:
        words, _ = shown_words(session, event.id, None)
    afresh = lay_out([WordToPlace(word.id, word.text, word.count) for word in words], {})
    assert [(word.x, word.y, word.size) for word in words] == [
        (place.x, place.y, place.size) for place in afresh
    ]
    assert now().version > before
