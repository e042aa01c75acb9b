"""The documentation's own sentences: what stands where planners wrote nothing, and how to read it."""

from collections.abc import Sequence

from app.results.awareness import LEAST_SHOWN
from app.results.documentation.labels import Translate
from app.results.documentation.spoken import Spoken
from app.results.report import Report
from app.results.reported.islands import ReportedOffer


def paragraphs(text: str) -> list[str]:
    """Divided where a line is empty; single line breaks stay."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def introduction(report: Report, spoken: Spoken, _: Translate) -> list[str]:
    event = report.event
    named = {"date": spoken.date(event.date), "title": event.title, "series": report.series.title}
    sentences = [
        _("Am %(date)s fand „%(title)s“ statt, eine Veranstaltung der Reihe „%(series)s“.") % named
    ]
    sentences += _who_came(report, spoken, _)
    sentences.append(
        _(
            "Diese Dokumentation hält fest, wie bekannt die vorgestellten Angebote sind und was die"
            " Teilnehmenden vorgeschlagen haben."
        )
    )
    return [" ".join(sentences)]


def _who_came(report: Report, spoken: Spoken, _: Translate) -> list[str]:
    """One sentence; none when nobody was counted at the door."""
    event = report.event
    if event.attendees is None:
        return []
    came = {"attendees": spoken.number(event.attendees)}
    if event.institutions is None:
        return [_("%(attendees)s Teilnehmende waren dabei.") % came]
    came["institutions"] = spoken.number(event.institutions)
    return [_("%(attendees)s Teilnehmende aus %(institutions)s Institutionen waren dabei.") % came]


def set_up(report: Report, spoken: Spoken, _: Translate) -> list[str]:
    """How the World Café was made, always said in the same way."""
    event = report.event
    departments = {contact.name for island in report.islands for contact in island.contacts}
    told = {
        "islands": spoken.number(len(report.islands)),
        "departments": spoken.number(len(departments)),
        "minutes": spoken.number(event.cafe_minutes),
    }
    islands = (
        _("An %(islands)s Themeninseln stellten %(departments)s Stellen ihre Angebote vor.")
        if departments
        else _("An %(islands)s Themeninseln wurden Angebote vorgestellt.")
    )
    return [
        " ".join(
            [
                islands % told,
                _(
                    "Die Teilnehmenden gingen %(minutes)s Minuten lang frei umher und wählten ihre"
                    " Inseln selbst."
                )
                % told,
            ]
        ),
        _(
            "An jeder Insel standen zwei Fragen. Auf die erste, „%(know)s“, antwortete man zu jedem"
            " Angebot mit einem Punkt für Ja oder Nein, auf die zweite, „%(card)s“, mit"
            " Moderationskarten: anonym auf dem eigenen Handy, auf einem Tablet oder auf Papier."
        )
        % {"know": event.know_question, "card": event.card_question},
        _("Zum Schluss hieß es: „%(word)s“ Aus den Antworten entstand die Wortwolke.")
        % {"word": event.word_question},
    ]


def facts(report: Report, spoken: Spoken, _: Translate) -> list[dict[str, str]]:
    """Name and value, without those that nobody has given."""
    event = report.event
    departments = {contact.name for island in report.islands for contact in island.contacts}
    known = [
        (_("Datum"), spoken.date(event.date)),
        (_("Ort"), event.place),
        (_("Sozialraum"), event.district),
        (_("Teilnehmende, an der Tür gezählt"), event.attendees),
        (_("Institutionen"), event.institutions),
        (_("Geräte, die mitgemacht haben"), report.devices),
        (_("Themeninseln"), len(report.islands)),
        (_("Beteiligte Stellen"), len(departments) or None),
        (_("Dauer des World Cafés"), _("%(n)s Minuten") % {"n": event.cafe_minutes}),
        (_("Frage zu den Angeboten"), event.know_question),
        (_("Frage für die Karten"), event.card_question),
        (_("Frage für die Wortwolke"), event.word_question),
    ]
    return [
        {"name": name, "value": value if isinstance(value, str) else spoken.number(value)}
        for name, value in known
        if value is not None and value != ""
    ]


def how_to_read(offers: Sequence[ReportedOffer], spoken: Spoken, _: Translate) -> list[str]:
    """`offers`: all whose dots a documentation counts."""
    tablet = sum(offer.tablet_yes + offer.tablet_no for offer in offers)
    paper = sum(offer.paper_yes + offer.paper_no for offer in offers)
    total = sum(offer.total for offer in offers)
    counted = {
        name: spoken.number(n)
        for name, n in (("total", total), ("tablet", tablet), ("paper", paper))
    }
    from_where = (
        _(
            "Von %(total)s Punkten kamen %(tablet)s von Tablets der Inseln und %(paper)s von Papier,"
            " alle anderen von Handys."
        )
        if tablet or paper
        else _("Alle Punkte (%(total)s) kamen von Handys.")
    )
    return [
        _("Gezählt werden Geräte, nicht Personen: Manche teilen sich eines, manche haben zwei."),
        _(
            "Es ist ein Stimmungsbild und keine Abstimmung: Wer kam und an welche Inseln jemand ging,"
            " hat der Zufall mitbestimmt."
        ),
        _(
            "Bekanntheit ist der Anteil der Ja-Punkte an allen Punkten eines Angebots; n ist die Zahl"
            " dieser Punkte."
        ),
        _(
            "Der 95-%-Bereich zeigt, wie viel Zufall darin steckt: je weniger Punkte, desto breiter."
            " Wo sich zwei Bereiche überlappen, kann der Unterschied Zufall sein."
        ),
        _(
            "Bei weniger als %(n)s Punkten nennen wir keine Bekanntheit: Ein einzelner Punkt würde zu"
            " viel ändern."
        )
        % {"n": LEAST_SHOWN},
        *([from_where % counted] if total else []),
        _("Vorschläge und Wörter stehen hier, sobald die Moderation sie freigegeben hat."),
    ]


def conclusion(report: Report, spoken: Spoken, _: Translate) -> list[str]:
    totals = report.totals
    told = {
        "dots": spoken.number(totals.yes + totals.no),
        "cards": spoken.number(totals.cards),
        "devices": spoken.number(report.devices),
    }
    if not report.devices and not totals.yes + totals.no:
        return [_("Bisher hat sich noch niemand beteiligt.")]
    thanks = (
        _(
            "%(devices)s Geräte haben mitgemacht; zusammengekommen sind %(dots)s Punkte und %(cards)s"
            " Vorschläge. Herzlichen Dank an alle, die ihr Wissen und ihre Ideen geteilt haben, und an"
            " alle, die ihre Angebote vorgestellt haben."
        )
        % told
    )
    return [" ".join([*_who_came(report, spoken, _), thanks])]


def method(_: Translate) -> list[str]:
    """For those who want to know exactly."""
    return [
        _(
            "Jedes Gerät hat zu jedem Angebot höchstens einen Punkt; wer seine Antwort ändert, ändert"
            " diesen Punkt. Geräte sind zufällige Nummern ohne Bezug zu Personen und werden mit dem"
            " Versiegeln der Veranstaltung gelöscht; alle Summen bleiben."
        ),
        _(
            "Papierpunkte zählten die Gastgeber*innen der Inseln von Hand. Sie können von Menschen"
            " stammen, die auch ein Handy benutzt haben."
        ),
        _(
            "Bekanntheit = Ja / (Ja + Nein). Der 95-%-Bereich ist das Score-Intervall von E. B. Wilson"
            " („Probable inference, the law of succession, and statistical inference“, Journal of the"
            " American Statistical Association 22, 1927, S. 209–212)."
        ),
        _(
            "Vorschläge sind wörtlich wiedergegeben, soweit die Moderation sie nicht berichtigt hat. Eine"
            " Zustimmung ist ein anderes Gerät, das denselben Vorschlag unterstützt."
        ),
        _(
            "Wörter, die sich nur in der Schreibweise unterscheiden, zählen zusammen und stehen in der"
            " häufigsten Schreibweise. Ein Gerät zählt bei jedem Wort einmal und konnte zwei Antworten"
            " schicken."
        ),
        _(
            "Alle Zahlen dieser Dokumentation stehen auch in results.xlsx, dots.csv und results.json"
            " derselben Veranstaltung."
        ),
    ]
