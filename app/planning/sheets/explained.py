"""What the planning spreadsheet says about itself, to somebody who opens it for the first time."""

GUIDE_SHEET = {"de": "Anleitung", "en": "Guide"}
GUIDE = {
    "de": (
        "So füllen Sie diese Vorlage",
        "1. Überschreiben Sie die Beispiele in den Blättern Veranstaltung, Inseln, Kontakte und Angebote.",
        "2. Speichern Sie die Datei als .xlsx oder .ods.",
        (
            "3. Laden Sie sie unter „Planung“ hoch. Sie sehen zuerst, was sich ändert; erst dann"
            " übernehmen Sie es."
        ),
        "Reihenfolge: Alles erscheint so, wie es in den Blättern untereinander steht.",
        "Inselnummer: Sie wird auf das Plakat gedruckt und bleibt, auch wenn die Insel ihren Platz wechselt.",
        (
            "Schlüssel: Am Schlüssel erkennen wir dasselbe Angebot wieder, an jedem Abend der Reihe. Bleibt"
            " das Feld leer, entsteht er aus dem Titel. Wenn Sie einen Titel später ändern, lassen Sie den"
            " Schlüssel, wie er ist."
        ),
        (
            "Was fehlt: Steht ein Angebot nicht mehr im Blatt, wird es aus dem Programm genommen. Seine"
            " Punkte bleiben erhalten und sind wieder da, sobald es wieder im Blatt steht."
        ),
        (
            "Andere Sprachen: Eine Spalte „Titel (en)“ oder „Beschreibung (einfach)“ enthält denselben Text"
            " auf Englisch oder in einfacher Sprache."
        ),
        "Eigene Notizen: Eine Spalte „Notiz“ und alle weiteren Blätter werden nicht gelesen.",
        "Termine: Hier stehen alle Abende der Reihe.",
    ),
    "en": (
        "How to fill this template",
        "1. Overwrite the examples in the sheets Event, Islands, Contacts and Offers.",
        "2. Save the file as .xlsx or .ods.",
        "3. Upload it on the planning page. You first see what would change, and then decide.",
        "Order: everything is shown in the order of the rows.",
        "Island number: it is printed on the poster and stays, even if the island changes its place.",
        (
            "Key: it tells the same offer on every evening of the series. Left empty, it is made from the"
            " title. When you change a title later, leave the key as it is."
        ),
        (
            "What is missing: an offer that is no longer in the sheet is retired. Its dots are kept and are"
            " back as soon as it is in the sheet again."
        ),
        (
            "Other languages: a column “Title (de)” or “Description (simple)” has the same text in German or"
            " in simple language."
        ),
        "Your own notes: a column “Notes” and all other sheets are not read.",
        "Dates: all evenings of the series.",
    ),
}

ENTRIES = {"de": "Bitte prüfen", "en": "Please check"}

FIELDS: dict[tuple[str, str], dict[str, str]] = {
    ("series", "title"): {
        "de": "Name der ganzen Reihe; mehrere Abende werden miteinander verglichen.",
        "en": "Name of the whole series; its evenings are compared with each other.",
    },
    ("series", "key"): {
        "de": "An jedem Abend gleich. Leer: aus dem Namen der Reihe.",
        "en": "The same on every evening. Empty: made from the name of the series.",
    },
    ("series", "organiser"): {
        "de": "Steht auf der Dokumentation.",
        "en": "Printed on the documentation.",
    },
    ("event", "title"): {
        "de": "Steht auf Plakaten, Handys und Leinwand.",
        "en": "On posters, phones and the wall.",
    },
    ("event", "key"): {
        "de": "Kennzeichnet diesen Abend. Leer: aus Titel, Stadtteil und Jahr.",
        "en": "Identifies this evening. Empty: made from title, district and year.",
    },
    ("event", "district"): {
        "de": "Stadtteil oder Sozialraum.",
        "en": "District of the city.",
    },
    ("event", "date"): {"de": "Tag der Veranstaltung.", "en": "Day of the event."},
    ("event", "place"): {"de": "Haus und Saal.", "en": "Building and hall."},
    ("event", "locale"): {
        "de": "Sprache der Leinwand: de oder en.",
        "en": "Language of the wall: de or en.",
    },
    ("event", "cafe_minutes"): {
        "de": "Dauer des World Cafés. Leer: 75.",
        "en": "Length of the World Café. Empty: 75.",
    },
    ("event", "expected_attendees"): {"de": "Leer: 80.", "en": "Empty: 80."},
    ("event", "know_question"): {
        "de": "Ja-oder-Nein-Frage zu jedem Angebot. Leer: die übliche.",
        "en": "Yes-or-no question about each offer. Empty: the usual one.",
    },
    ("event", "card_question"): {
        "de": "Frage, auf die Moderationskarten antworten. Leer: die übliche.",
        "en": "What the cards answer. Empty: the usual question.",
    },
    ("event", "word_question"): {
        "de": "Frage am Ende, mit ein bis zwei Wörtern zu beantworten. Leer: die übliche.",
        "en": "Asked at the end, answered in one or two words. Empty: the usual one.",
    },
    ("event", "wifi_name"): {
        "de": "Für den WLAN-QR-Code auf dem Aushang. Darf leer bleiben.",
        "en": "For the Wi-Fi QR code on the notice. May stay empty.",
    },
    ("event", "wifi_password"): {
        "de": "Wird auf den Aushang gedruckt. Darf leer bleiben.",
        "en": "Printed on the notice. May stay empty.",
    },
    ("event", "introduction"): {
        "de": "Erstes Kapitel der Dokumentation. Darf leer bleiben.",
        "en": "First chapter of the documentation. May stay empty.",
    },
    ("event", "conclusion"): {
        "de": "Letztes Kapitel der Dokumentation, nach dem Abend zu schreiben.",
        "en": "Last chapter of the documentation, written after the evening.",
    },
}

HINTS: dict[tuple[str, str], dict[str, str]] = {
    ("islands", "number"): {
        "de": "Steht auf dem Plakat und bleibt.",
        "en": "Printed on the poster; it stays.",
    },
    ("contacts", "island"): {
        "de": "Nummer aus dem Blatt „Inseln“.",
        "en": "A number from the sheet “Islands”.",
    },
    ("contacts", "url"): {
        "de": "Beginnt mit https://",
        "en": "Begins with https://",
    },
    ("offers", "island"): {
        "de": "Nummer aus dem Blatt „Inseln“.",
        "en": "A number from the sheet “Islands”.",
    },
    ("offers", "key"): {
        "de": "Darf leer bleiben; dann entsteht er aus dem Titel. Kleinbuchstaben, Ziffern, Bindestriche.",
        "en": "May stay empty; then it is made from the title. Small letters, digits, hyphens.",
    },
    ("offers", "scope"): {
        "de": "Stadt: gilt überall. Stadtteil: nur hier.",
        "en": "City: everywhere. District: only here.",
    },
}
