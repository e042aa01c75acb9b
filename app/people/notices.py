"""What the law wants to be said of this server: imprint, privacy notice, accessibility statement.

The texts are templates that are true for this program; whoever operates it fills in the fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from app.errors import N_, NotAcceptable, NotOpen
from app.people.models import Notice

MAX_TEXT = 2000  # characters a field
MISSING = N_(
    "Bevor es ernst wird: Unter einer öffentlichen Adresse brauchen Impressum, Datenschutz und"
    " Barrierefreiheit ihre Angaben. Die Planung trägt sie unter /plan/notices ein."
)


@dataclass(frozen=True, slots=True)
class NoticeField:
    name: str
    label: str
    hint: str = ""
    is_needed: bool = True
    is_long: bool = False


NOTICES: Mapping[str, tuple[NoticeField, ...]] = {
    "imprint": (
        NoticeField("body", N_("Verantwortliche Stelle"), N_("zum Beispiel: Stadt Musterhausen")),
        NoticeField("address", N_("Anschrift"), is_long=True),
        NoticeField("represented_by", N_("Vertreten durch")),
        NoticeField("mail", N_("E-Mail")),
        NoticeField("phone", N_("Telefon")),
        NoticeField("tax_number", N_("Umsatzsteuer-Identifikationsnummer"), is_needed=False),
    ),
    "privacy": (
        NoticeField(
            "officer", N_("Datenschutzbeauftragte*r, mit Anschrift und E-Mail"), is_long=True
        ),
        NoticeField("authority", N_("Datenschutz-Aufsichtsbehörde"), is_long=True),
        NoticeField(
            "basis",
            N_("Rechtsgrundlage"),
            N_("zum Beispiel: Art. 6 Abs. 1 Buchst. e DSGVO mit § 3 DSG NRW"),
        ),
        NoticeField(
            "server",
            N_("Wo der Server steht und wer ihn betreibt"),
            N_("zum Beispiel: im Rechenzentrum der Stadt; auf einem Laptop im Saal"),
        ),
    ),
    "accessibility": (
        NoticeField(
            "state",
            N_("Stand der Barrierefreiheit und bekannte Mängel"),
            N_(
                "zum Beispiel: teilweise vereinbar mit EN 301 549; nach eigener Prüfung im Mai 2026"
            ),
            is_long=True,
        ),
        NoticeField("date", N_("Erklärung erstellt oder überprüft am")),
        NoticeField("contact", N_("Barrieren melden bei (E-Mail, Telefon)")),
        NoticeField(
            "enforcement",
            N_("Durchsetzungs- oder Schlichtungsstelle"),
            N_("zum Beispiel: Ombudsstelle für barrierefreie Informationstechnik des Landes NRW"),
            is_long=True,
        ),
    ),
}


def read_notices(session: Session) -> dict[str, dict[str, str]]:
    """Notice → field → text, "" where nobody has written anything yet."""
    stored = {notice.name: notice.fields for notice in session.exec(select(Notice))}
    return {
        name: {field.name: stored.get(name, {}).get(field.name, "") for field in fields}
        for name, fields in NOTICES.items()
    }


def missing_fields(notices: Mapping[str, Mapping[str, str]]) -> list[tuple[str, NoticeField]]:
    """The notices and fields that still need a text."""
    return [
        (name, field)
        for name, fields in NOTICES.items()
        for field in fields
        if field.is_needed and not notices[name][field.name]
    ]


def refuse_without_notices(session: Session) -> None:
    """NotOpen while one of the texts that the public needs is missing."""
    if missing_fields(read_notices(session)):
        raise NotOpen(MISSING)


def write_notices(session: Session, texts: Mapping[str, Mapping[str, str]]) -> None:
    """What is in `texts` (notice → field → text); all else stays. Raises NotAcceptable."""
    for name, fields in NOTICES.items():
        given = {
            field.name: _cleaned(texts[name][field.name], f"{name}.{field.name}")
            for field in fields
            if field.name in texts.get(name, {})
        }
        notice = session.get(Notice, name) or Notice(name=name)
        notice.fields = notice.fields | given  # a new one: a change inside would not be seen
        session.add(notice)


def _cleaned(text: str, field: str) -> str:
    if len(text) > MAX_TEXT:
        raise NotAcceptable(N_("Das ist zu lang."), field=field)
    lines = "".join(each for each in text if each.isprintable() or each == "\n").splitlines()
    return "\n".join(line.strip() for line in lines).strip()
