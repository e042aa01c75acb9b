"""Checks of where the data lies: room, speed, the drive, and the database file itself."""

import os
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app.checkup.finding import Finding, green, red, yellow
from app.database import FILE
from app.errors import N_
from app.machine.drives import existing, free_bytes, remote_kind, synced_by
from app.schema import MIGRATIONS
from app.settings import Settings
from app.sqlite import PRAGMAS

MB = 1024 * 1024
LITTLE_MB, TOO_LITTLE_MB = 2000, 300
"""An evening takes 50 MB with its photos; backups as much again each."""
MEASURED_S = 0.6
SLOW, TOO_SLOW = 40, 8  # commits a second; one of them takes the taps of all who wait
OLDEST_SQLITE = (3, 38, 0)  # upserts that answer, and JSON
INTEGRITY_S = 6.0


def disk(settings: Settings) -> Finding:
    return room_for(free_bytes(settings.data) // MB)


def room_for(mb: int) -> Finding:
    if mb < TOO_LITTLE_MB:
        return red(
            "disk",
            N_(
                "Nur noch %(mb)s MB frei: Bitte jetzt Platz schaffen, sonst wird nichts"
                " gespeichert."
            ),
            mb=mb,
        )
    if mb < LITTLE_MB:
        return yellow(
            "disk",
            N_("Nur noch %(mb)s MB frei: Bitte vor der Veranstaltung Platz schaffen."),
            mb=mb,
        )
    return green("disk", N_("%(gb)s GB frei."), gb=mb // 1000)


def commits(settings: Settings) -> Finding:
    """Measured in a database of its own beside the real one, as that is written."""
    try:
        with TemporaryDirectory(dir=existing(settings.data), prefix=".checkup-") as folder:
            return speed_of(_commits_a_second(Path(folder)))
    except (OSError, sqlite3.Error):
        return red(
            "commits",
            N_(
                "In den Datenordner %(data)s kann nicht geschrieben werden: Bitte die Rechte"
                " ändern, Platz schaffen oder mit WORLDCAFE_DATA einen anderen Ordner wählen."
            ),
            data=settings.data,
        )


def speed_of(a_second: int) -> Finding:
    if a_second < TOO_SLOW:
        return red(
            "commits",
            N_(
                "Nur %(n)s Speichervorgänge in der Sekunde: Bitte den Datenordner auf eine"
                " eingebaute SSD legen."
            ),
            n=a_second,
        )
    if a_second < SLOW:
        return yellow(
            "commits",
            N_("%(n)s Speichervorgänge in der Sekunde sind wenig: Besser ist eine eingebaute SSD."),
            n=a_second,
        )
    return green(
        "commits",
        N_("%(n)s Speichervorgänge in der Sekunde, jeder sicher auf der Festplatte."),
        n=a_second,
    )


def _commits_a_second(folder: Path) -> int:
    """Of one row each, with fsync."""
    rows = sqlite3.connect(folder / "speed.db", isolation_level=None)
    try:
        for name, value in PRAGMAS.items():
            rows.execute(f"PRAGMA {name} = {value}")
        rows.execute("CREATE TABLE dot (number INTEGER, text TEXT)")
        began, done = time.monotonic(), 0
        while (took := time.monotonic() - began) < MEASURED_S:
            rows.execute("INSERT INTO dot VALUES (?, ?)", (done, "x" * 100))
            done += 1
        return round(done / took)
    finally:
        rows.close()


def sqlite(_settings: Settings) -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return red(
            "sqlite",
            N_("SQLite %(version)s ist zu alt: Bitte ein neueres Python installieren."),
            version=version,
        )
    return green("sqlite", N_("Version %(version)s."), version=version)


def database(settings: Settings) -> Finding:
    """Reads the file from end to end, and changes nothing."""
    file = settings.data / FILE
    if not file.exists() or not file.stat().st_size:
        return yellow(
            "database", N_("Noch keine Daten: Bitte den Server starten oder einen Plan laden.")
        )
    try:
        rows = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            return _looked_through(rows)
        finally:
            rows.close()
    except sqlite3.OperationalError as error:  # a disk that is full, a right that is missing
        return red(
            "database",
            N_(
                "Die Datei %(file)s ließ sich nicht lesen (%(cause)s): Bitte Platz und Rechte prüfen."
            ),
            file=file,
            cause=error,
        )
    except sqlite3.Error:
        return red(
            "database",
            N_(
                "Die Datei %(file)s ist beschädigt: Bitte den Server beenden und"
                " die neueste Sicherung einspielen (worldcafe restore)."
            ),
            file=file,
        )


def _looked_through(rows: sqlite3.Connection) -> Finding:
    until = time.monotonic() + INTEGRITY_S
    known = {file.name.partition("_")[0] for file in MIGRATIONS.glob("[0-9]*.py")}
    for (revision,) in rows.execute("SELECT version_num FROM alembic_version"):
        if revision not in known:
            return red(
                "database",
                N_(
                    "Die Daten stammen von einer neueren Version dieses Programms: Bitte das"
                    " Programm aktualisieren."
                ),
            )
    rows.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        (said, *_), *_ = rows.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.OperationalError:
        if time.monotonic() <= until:
            raise
        return yellow(
            "database",
            N_("Zu groß, um sie in %(s)s Sekunden ganz zu prüfen; bis dahin war sie in Ordnung."),
            s=round(INTEGRITY_S),
        )
    if said != "ok":
        raise sqlite3.DatabaseError(said)
    return green("database", N_("Unbeschädigt."))


def folder(settings: Settings) -> Finding:
    data = settings.data
    if program := synced_by(data):
        return red(
            "folder",
            N_(
                "%(data)s wird von %(program)s abgeglichen, das kann die Daten zerstören: Bitte mit"
                " WORLDCAFE_DATA einen Ordner außerhalb wählen."
            ),
            data=data,
            program=program,
        )
    if kind := remote_kind(data):
        return red(
            "folder",
            N_(
                "%(data)s liegt auf einem Netzlaufwerk (%(kind)s): Bitte mit WORLDCAFE_DATA einen"
                " Ordner auf diesem Computer wählen."
            ),
            data=data,
            kind=kind,
        )
    if data.exists() and not (data.is_dir() and os.access(data, os.W_OK | os.X_OK)):
        return red(
            "folder",
            N_(
                "%(data)s ist kein Ordner, in den geschrieben werden kann: Bitte mit WORLDCAFE_DATA"
                " einen anderen wählen."
            ),
            data=data,
        )
    return green(
        "folder",
        N_("%(data)s liegt auf diesem Computer und wird nicht abgeglichen."),
        data=data.resolve(),
    )
