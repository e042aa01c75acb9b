"""What posters, tents and cards say besides the plan's own texts, in one language."""

from collections.abc import Callable

Translate = Callable[[str], str]


def words(_: Translate) -> dict[str, str]:
    """By the names that the templates call them."""
    return {
        "kit": _("Plakate und Karten"),
        "qr": _("QR-Code:"),
        "logo": _("Logo:"),
        "local": _("Nur zur Ansicht: Diese Adresse gilt nur auf diesem Computer."),
        "join": _("Machen Sie mit!"),
        "typed": _("oder eintippen:"),
        "code": _("Code"),
        "scan": _("Mit der Kamera scannen"),
        "yes": _("Ja, kenne ich"),
        "no": _("Nein, kenne ich nicht"),
        "yes_short": _("Ja"),
        "no_short": _("Nein"),
        "card": _("Vorschlag schreiben"),
        "anonymous": _("Anonym, ohne App und ohne Anmeldung"),
        "contact": _("Kontakt"),
        "fold": _("hier falten"),
        "wifi": _("WLAN für alle"),
        "wifi_use": _("Scannen, verbinden, und dann zu einer Themeninsel."),
        "wifi_name": _("Name des Netzes"),
        "wifi_password": _("Passwort"),
        "moderation": _("Moderation"),
        "moderator_use": _("Für alle, die heute moderieren"),
        "moderator_does": _(
            "Sie öffnen und schließen, steuern Uhr und Leinwand und geben Karten frei."
        ),
        "host_use": _("Für die Gastgeber*innen dieser Insel"),
        "host_does": _("Sie sehen die Zahlen Ihrer Insel und geben ihre Karten frei."),
        "invitation_use": _(
            "Mit dem Handy scannen und „Los geht’s“ tippen. Bitte bei sich behalten."
        ),
        "tally_use": _(
            "Für alle ohne Handy: je Angebot ein Kästchen ankreuzen. Die Summen tragen die"
            " Gastgeber*innen ein."
        ),
        "sum": _("Summe"),
        "island": _("Insel"),
        "offer": _("Angebot"),
        "blank_cards": _("Moderationskarten"),
    }
