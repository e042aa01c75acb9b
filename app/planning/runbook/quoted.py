"""What the page quotes, word for word: the labels of buttons and links, and commands for the terminal."""

from app.errors import N_

LABELS = {
    "make_pdf": N_("PDF erstellen"),
    "with_invitations": N_("Einladungen erzeugen und mitdrucken"),
    "more": N_("Mehr"),
    "reach": N_("Erreicht mich ein Handy?"),
    "checkup": N_("Prüfung vor dem Abend"),
    "check": N_("Jetzt prüfen"),
    "all_stored": N_("Alles gespeichert"),
    "end_rehearsal": N_("Probe beenden …"),
    "wipe": N_("Beenden und alles löschen"),
    "open": N_("World Café öffnen und Uhr starten"),
    "to_cloud": N_("Wortwolke beginnen …"),
    "enter_cloud": N_("Ja, Wortwolke beginnen"),
    "to_close": N_("Veranstaltung schließen …"),
    "close": N_("Ja, Veranstaltung schließen"),
    "reveal": N_("Zahlen zeigen"),
    "back_up": N_("Jetzt sichern"),
    "approve": N_("Freigeben"),
    "hide": N_("Verbergen"),
    "curtain": N_("Vorhang schließen"),
    "no_curtain": N_("Vorhang öffnen"),
    "settings": N_("Einstellungen"),
    "approval_first": N_("erst nach Freigabe"),
    "pause": N_("Pause machen"),
    "go_on": N_("Pause beenden"),
    "join": N_("Mitmachen"),
    "tablet": N_("Dieses Gerät als Tablet der Insel"),
    "sums": N_("Summen speichern"),
    "pin_card": N_("Karte anpinnen"),
    "photos": N_("Fotos der Insel"),
    "ending": N_("Alles herunterladen, versiegeln, löschen …"),
    "archive": N_("Alles in einer Datei"),
    "seal": N_("Endgültig versiegeln"),
}
"""As a page of ours shows them, in its language, by the names the chapters use; a test looks for each."""

PROGRAM = ".venv/bin/worldcafe"
COMMANDS = {
    "set_up": "make setup",
    "serve_with_stick": f"{PROGRAM} serve --lan --backup STICK",
    "serve": f"{PROGRAM} serve --lan",
    "restore_folder": f"{PROGRAM} restore STICK",
    "restore": f"{PROGRAM} restore DATEI",
}
"""Typed in the program's folder. STICK is the stick's own folder, DATEI the file that the command names."""
