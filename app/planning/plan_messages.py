"""What may be wrong with a plan, by kind: pydantic's names for it, and ours."""

from app.errors import N_

MESSAGES = {
    "missing": N_("Diese Angabe fehlt."),
    "extra_forbidden": N_("Diese Angabe kennen wir nicht."),
    "misspelt": N_("Diese Angabe kennen wir nicht. Meinten Sie „%(suggestion)s“?"),
    "string_type": N_("Hier muss ein Text in Anführungszeichen stehen."),
    "string_too_long": N_("Der Text ist zu lang: höchstens %(max_length)s Zeichen."),
    "string_too_short": N_("Der Text darf nicht leer sein."),
    "string_pattern_mismatch": N_(
        "Ein Schlüssel besteht aus Kleinbuchstaben (a–z), Ziffern und Bindestrichen, beginnt mit "
        "einem Buchstaben oder einer Ziffer und hat höchstens 80 Zeichen."
    ),
    "control_character": N_("Der Text enthält unsichtbare Steuerzeichen. Bitte entfernen Sie sie."),
    "line_break": N_("Der Text muss in einer Zeile stehen."),
    "int_type": N_("Hier muss eine ganze Zahl ohne Anführungszeichen stehen."),
    "greater_than_equal": N_("Die Zahl ist zu klein: mindestens %(ge)s."),
    "less_than_equal": N_("Die Zahl ist zu groß: höchstens %(le)s."),
    "date_type": N_("Hier muss ein Datum ohne Anführungszeichen stehen, zum Beispiel 2023-08-16."),
    "year": N_("Das Jahr muss zwischen 2000 und 2099 liegen."),
    "literal_error": N_("Möglich ist „city“ (ganze Stadt) oder „district“ (nur der Stadtteil)."),
    "locale": N_("Diese Sprache kennen wir nicht. Deutsch ist „de“, Englisch ist „en“."),
    "web_address": N_(
        "Eine Webadresse beginnt mit http:// oder https:// und enthält keine Leerzeichen."
    ),
    "mail_address": N_("Das ist keine E-Mail-Adresse."),
    "list_type": N_("Hier muss eine Liste stehen; Themeninseln stehen unter [[islands]]."),
    "model_type": N_("Hier muss eine Tabelle stehen."),
    "too_short": N_("Hier fehlt mindestens ein Eintrag."),
    "too_long": N_("Das sind zu viele Einträge: höchstens %(max_length)s."),
    "too_many_offers": N_("Der Plan hat zu viele Angebote: höchstens %(max_length)s."),
    "duplicate": N_("„%(value)s“ ist schon vergeben: %(first)s."),
    "duplicate_title": N_(
        "Dieses Angebot heißt wie das in %(first)s. Bitte geben Sie ihm einen eigenen Schlüssel."
    ),
    "unknown_island": N_("Eine Insel mit dieser Nummer steht nicht im Blatt „%(sheet)s“."),
    "unknown_heading": N_(
        "Diese Überschrift kennen wir nicht. Möglich sind: %(headings)s. Eigene Notizen dürfen in einer"
        " Spalte „Notiz“ stehen."
    ),
    "unknown_field": N_("Dieses Feld kennen wir nicht. Möglich sind: %(headings)s."),
    "repeated_heading": N_("Diese Überschrift steht schon in %(first)s."),
    "repeated_field": N_("Dieses Feld steht schon in %(first)s."),
    "no_heading": N_("Über dieser Spalte fehlt die Überschrift."),
    "no_number": N_("Hier muss eine ganze Zahl stehen."),
    "missing_heading": N_("Hier fehlt die Spalte „%(heading)s“."),
    "missing_headings": N_("Hier fehlt die Zeile mit den Überschriften: %(headings)s."),
    "missing_field": N_("Hier fehlt das Feld „%(heading)s“."),
    "missing_sheet": N_("Das Blatt „%(sheet)s“ fehlt."),
    "repeated_sheet": N_("Dieses Blatt gibt es zweimal: auch als „%(first)s“."),
    "too_many_rows": N_("Das Blatt ist zu groß: höchstens 5.000 Zeilen und 100 Spalten."),
    "no_spreadsheet": N_(
        "Das ist keine Tabelle von Excel oder LibreOffice. Bitte als .xlsx oder .ods speichern; eine"
        " CSV-Datei dafür zuerst in Excel öffnen."
    ),
    "old_or_locked": N_(
        "Die Datei hat ein Passwort oder das alte Format .xls. Bitte ohne Passwort als .xlsx speichern."
    ),
    "unpacked_size": N_("Die Datei ist ausgepackt zu groß oder beschädigt."),
    "empty_file": N_("Die Datei ist leer."),
    "no_file": N_("Bitte wählen Sie eine Datei."),
    "unknown_kind": N_("Bitte eine Datei mit der Endung .xlsx, .ods oder .toml wählen."),
    "syntax": N_("Das ist kein gültiges TOML: %(reason)s."),
    "syntax_column": N_("Das ist kein gültiges TOML: %(reason)s (Spalte %(column)s)."),
    "encoding": N_("Die Datei ist nicht in UTF-8 gespeichert. Bitte speichern Sie sie als UTF-8."),
    "size": N_("Die Datei ist zu groß: höchstens 2 MB."),
}
OTHER = N_("Diese Angabe passt nicht.")

IN_CELLS = {  # where a spreadsheet's or a form's words are others than the TOML file's
    "string_type": N_("Hier muss ein Text stehen."),
    "int_type": MESSAGES["no_number"],
    "date_type": N_("Hier muss ein Datum stehen, zum Beispiel 16.08.2023."),
    "literal_error": N_("Möglich ist „Stadt“ (ganze Stadt) oder „Stadtteil“."),
    "too_short": N_("Hier fehlt mindestens eine Zeile."),
    "locale": N_("Diese Sprache kennen wir nicht. Möglich sind „Deutsch“ und „Englisch“."),
}

PLACE_AND_LINE = N_("%(place)s (Zeile %(line)s): %(problem)s")
ONLY_PLACE = N_("%(place)s: %(problem)s")
ONLY_LINE = N_("Zeile %(line)s: %(problem)s")
