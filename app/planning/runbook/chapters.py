"""What stands on the page, in one language; {names} are of `quoted.py` or facts of the event."""

from collections.abc import Callable

Translate = Callable[[str], str]
Chapters = list[tuple[str, list[str]]]


def course(_: Translate) -> Chapters:
    """The day in its order, to be ticked off."""
    return [
        (
            _("Eine Woche vorher"),
            [
                _("Planung: {with_invitations} ankreuzen, {make_pdf}, alles drucken."),
                _("Im Saal mit Beamer und zwei Handys alles einmal durchspielen."),
                _(
                    "Einen zweiten Laptop einrichten ({set_up}) und einen leeren USB-Stick besorgen:"
                    " nur für diesen einen Laptop."
                ),
                _("Absprechen, wer moderiert und wer an welcher Insel steht."),
            ],
        ),
        (
            _("Eine Stunde vorher"),
            [
                _("Laptop ans Stromnetz und ins WLAN des Saals, Ruhezustand ausschalten."),
                _("Stick einstecken und so starten: {serve_with_stick}"),
                _("Moderation: {more}, {checkup}, {check}. Bei Rot nicht beginnen."),
                _("Darunter {reach} mit einem Handy scannen."),
                _("Die Ampel oben in der Moderation ist grün: {all_stored}."),
                _("Leinwand am Beamer öffnen, F drücken. Plakate und Papier liegen aus."),
            ],
        ),
        (
            _("Eröffnen"),
            [
                _("War es eine Probe: {end_rehearsal} und {wipe}."),
                _("{open}. Jetzt zählt jeder Punkt."),
                _("Ansagen: Code scannen, Punkte setzen, Karten schreiben, alles anonym."),
                _("Zum Schluss {to_cloud} und {enter_cloud}: Die Handys folgen von selbst."),
            ],
        ),
        (
            _("Das Ende"),
            [
                _("{to_close} und {close}. Sind die Zahlen verdeckt: {reveal}."),
                _("{back_up}, dann den Stick abziehen und sicher aufheben."),
                _("Wartende Karten: {approve} oder {hide}. Das geht zwei Tage lang."),
                _("Planung: {ending}, dort {archive}."),
                _("Wenn alles stimmt: {seal}. Sonst geschieht es nach 7 Tagen von selbst."),
            ],
        ),
    ]


def troubles(_: Translate) -> Chapters:
    """What may go wrong, and what to do, in turn."""
    return [
        (
            _("Handys kommen nicht auf die Seite"),
            [
                _("Richtiges WLAN? Am Handy VPN aus, mobile Daten einmal aus."),
                _("Statt zu scannen: {host} eintippen, Code {code}."),
                _("Moderation: {more}, {reach} nennt, woran es liegen kann."),
                _("Für alle anderen: {tablet} (Seite der Insel) oder Papier."),
            ],
        ),
        (
            _("Die Leinwand steht still"),
            [
                _("Kurz warten: Sie verbindet sich von selbst wieder."),
                _("F5 drücken, dann F. Sonst an einem anderen Gerät öffnen: {wall}"),
            ],
        ),
        (
            _("Der Laptop fällt aus"),
            [
                _("Keine Sorge: Was nicht ankam, heben die Handys auf und senden es später."),
                _(
                    "Geht er wieder an: mit Stick starten wie vorher – was gezählt war, ist noch da."
                ),
                _(
                    "Sonst am zweiten Laptop, im selben WLAN, mit dem Stick: {restore_folder} nennt"
                    " die neueste Datei."
                ),
                _("Diese zurückholen, mit j bestätigen: {restore}"),
                _("{serve} – die Links für Moderation und Leinwand stehen im Terminal."),
                _(
                    "Andere Adresse als vorher? Leinwand auf {join}, alle scannen dort neu. Wer schon"
                    " Punkte gesetzt hat, lässt es dabei."
                ),
            ],
        ),
        (
            _("Beleidigungen"),
            [
                _("{curtain}: Karten und Wörter sind sofort von der Leinwand."),
                _("Die Karte oder das Wort {hide}, dann {no_curtain}."),
                _("Für den Rest: {more}, {settings}, Karten und Wörter {approval_first}."),
            ],
        ),
        (
            _("Eine Flut von Einträgen"),
            [
                _("{pause}: Die Handys nehmen nichts an, nichts Gezähltes geht verloren."),
                _("Karten ankreuzen, gemeinsam {hide}. Dann {go_on}."),
                _("Jedes Gerät wird von selbst gebremst: {texts} Karten in der Minute."),
            ],
        ),
        (
            _("Nichts geht mehr: Papier"),
            [
                _("Strichlisten und leere Karten an die Inseln; {minutes} Minuten auf der Uhr."),
                _("Wörter auf Zettel; Pinnwände und Zettel fotografieren."),
                _("Wenn es wieder geht, je Insel an ihrer Seite: {sums}, {pin_card}, {photos}."),
            ],
        ),
    ]
