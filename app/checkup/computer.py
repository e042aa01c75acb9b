"""Checks of the computer itself: power, sleep, open files, and how old the newest backup is."""

from datetime import UTC, datetime

from app.backups.newest import newest_good_backup
from app.checkup.finding import Finding, green, red, yellow
from app.errors import N_
from app.machine.open_files import raise_limit
from app.machine.power import Power, read_power
from app.settings import Settings

LOW_PERCENT = 50  # an evening is four hours
FEW_FILES, TOO_FEW_FILES = 1024, 512  # each phone holds one or two open
OLD_H = 24
OLD_RUNNING_MIN = 15  # while one is made every five minutes


def power(_settings: Settings) -> Finding:
    return power_of(read_power())


def power_of(found: Power | None) -> Finding:
    if found is None:
        return yellow("power", N_("Ob das Netzteil steckt, weiß ich hier nicht: Bitte nachsehen."))
    if found.percent is None:
        return green("power", N_("Kein Akku: Dieser Computer läuft am Netz."))
    if found.is_on_mains:
        return green("power", N_("Am Netz, Akku %(percent)s %%."), percent=found.percent)
    if found.percent < LOW_PERCENT:
        return red(
            "power",
            N_("Läuft auf Akku mit nur %(percent)s %%: Bitte jetzt das Netzteil anschließen."),
            percent=found.percent,
        )
    return yellow(
        "power",
        N_("Läuft auf Akku (%(percent)s %%): Bitte das Netzteil anschließen."),
        percent=found.percent,
    )


def sleep(_settings: Settings) -> Finding:
    """Nothing tells in a way that holds everywhere; a computer without a battery has no lid."""
    found = read_power()
    if found is not None and found.percent is None:
        return green(
            "sleep",
            N_("Kein Akku, also kein Deckel; einen Ruhezustand bitte für den Abend ausschalten."),
        )
    return yellow(
        "sleep",
        N_(
            "Ob dieser Computer von selbst einschläft, weiß ich nicht: Bitte den Ruhezustand"
            " ausschalten, auch den beim Zuklappen."
        ),
    )


def files(_settings: Settings) -> Finding:
    limit = raise_limit()  # as the server does
    if limit is None:
        return green("files", N_("Keine Grenze."))
    if limit < TOO_FEW_FILES:
        return red(
            "files",
            N_(
                "Nur %(n)s offene Dateien erlaubt, zu wenig für einen Saal: Bitte vor dem Start"
                " „ulimit -n 4096“ eingeben."
            ),
            n=limit,
        )
    if limit < FEW_FILES:
        return yellow(
            "files",
            N_(
                "%(n)s offene Dateien erlaubt: Für über 150 Handys bitte vor dem Start „ulimit -n"
                " 4096“ eingeben."
            ),
            n=limit,
        )
    return green("files", N_("%(n)s erlaubt."), n=limit)


def backup(settings: Settings, *, is_running: bool) -> Finding:
    """`is_running`: people send to a real event right now."""
    newest = newest_good_backup(settings)
    age_s = None if newest is None else max(0.0, (datetime.now(UTC) - newest.at).total_seconds())
    return backup_of(age_s, is_running=is_running)


def backup_of(age_s: float | None, *, is_running: bool) -> Finding:
    if age_s is None:
        return (red if is_running else yellow)(
            "backup", N_("Noch keine Sicherung: Bitte jetzt eine anlegen (worldcafe backup).")
        )
    minutes, hours = round(age_s / 60), round(age_s / 3600)
    if is_running and minutes > OLD_RUNNING_MIN:
        return red(
            "backup",
            N_(
                "Die neueste Sicherung ist %(n)s Minuten alt: Bitte jetzt eine anlegen (worldcafe"
                " backup)."
            ),
            n=minutes,
        )
    if hours > OLD_H:
        return yellow(
            "backup",
            N_(
                "Die neueste Sicherung ist %(n)s Stunden alt: Bitte eine neue anlegen (worldcafe"
                " backup)."
            ),
            n=hours,
        )
    return green("backup", N_("Die neueste ist %(n)s min alt."), n=minutes)
