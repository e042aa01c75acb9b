"""`serve --lan`: listening for phones in the same network, and saying how they get here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

from rich.console import Console

from app.errors import N_, Failed
from app.machine.network import OwnAddress, interfaces, is_unsure
from app.settings import Settings
from app.web.catalogue import of_terminal

LOOKING_S = 5.0
FIREWALLS = (
    N_(
        "Firewall: Port %(port)s für private Netzwerke erlauben. Windows fragt beim ersten Start;"
        " sonst unter „App durch Firewall zulassen“ Python ankreuzen. Linux: sudo ufw allow"
        " %(port)s/tcp"
    ),
    N_(
        "Gast-WLAN: Viele lassen Geräte nicht miteinander sprechen („Client-Isolation“). Das WLAN"
        " wechseln, die IT fragen oder einen eigenen Router hinstellen."
    ),
    N_("Am Handy: dasselbe WLAN, kein VPN; mobile Daten einmal ausschalten."),
)

TRY = N_("Ausprobieren: Moderation → Mehr → „Erreicht mich ein Handy?“")


def on_local_network(settings: Settings) -> Settings:
    """Listening on every network, with the address in links and codes that phones can reach.
    Raises Failed."""
    found = interfaces()
    if not found:
        raise Failed(
            N_("Dieser Rechner ist in keinem Netzwerk. Bitte mit dem WLAN im Saal verbinden.")
        )
    address = f"http://{found[0].address}:{settings.port}"
    return settings.model_copy(
        update={"host": "0.0.0.0", "public_url": settings.public_url or address}
    )


def say_how_phones_come(settings: Settings, console: Console, _: Callable[[str], str]) -> None:
    """Which address was chosen, which others there are, and what to do when no phone gets through."""
    found = interfaces()
    chosen = urlsplit(settings.address).hostname
    others = [each for each in found if each.address != chosen]

    def say(message: str, **values: object) -> None:
        console.print(_(message) % values, soft_wrap=True, highlight=False, markup=False)

    say(N_("Handys kommen im selben WLAN zu %(address)s."), address=settings.address)
    if others:
        unsure = is_unsure(found) and chosen == found[0].address
        say(
            N_("Mehrere Netzwerke kommen in Frage, dieses ist geraten. Die anderen:")
            if unsure
            else N_("Nicht gewählt:")
        )
        for each in others:
            kind = N_("VPN oder virtuelles Netz") if each.is_virtual else N_("anderes Netzwerk")
            say(
                "  %(address)s  %(name)s  %(kind)s",
                address=each.address,
                name=each.name,
                kind=_(kind),
            )
        say(
            N_("Eine andere nehmen: mit WORLDCAFE_PUBLIC_URL=http://%(address)s:%(port)s starten."),
            address=others[0].address,
            port=settings.port,
        )
    say(N_("Kommt kein Handy durch?"))
    for advice in FIREWALLS:
        say("  · %(advice)s", advice=_(advice) % {"port": settings.port})
    say("  · %(advice)s", advice=_(TRY))


@contextlib.asynccontextmanager
async def watching_the_address(
    settings: Settings, console: Console | None = None
) -> AsyncIterator[None]:
    """While it lasts the terminal is told, once, that codes and links lead nowhere any more, and once that
    they do again."""
    watch = asyncio.create_task(_watch(OwnAddress(settings.address), console or Console()))
    try:
        yield
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


async def _watch(own: OwnAddress, console: Console) -> None:
    _ = of_terminal().gettext
    told: str | None = None
    while True:
        await asyncio.sleep(LOOKING_S)
        moved_to = await asyncio.to_thread(own.moved_to)
        if moved_to == told:
            continue
        told = moved_to
        if moved_to is None:
            message = _(N_("Die Adresse %(old)s gilt wieder."))
        elif moved_to:
            message = _(
                N_(
                    "Die Adresse dieses Computers ist jetzt %(new)s, die QR-Codes führen noch zu"
                    " %(old)s: Bitte zurück ins alte WLAN, oder neu starten und neu drucken."
                )
            )
        else:
            message = _(
                N_(
                    "Dieser Computer ist in keinem Netzwerk mehr, die QR-Codes führen zu %(old)s:"
                    " Bitte das WLAN wieder verbinden."
                )
            )
        console.print(message % {"old": own.host, "new": moved_to}, style="bold", soft_wrap=True)
