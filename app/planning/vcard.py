"""A contact as a file that a phone's address book takes: vCard 4.0, RFC 6350."""

MOST_OCTETS = 75  # a line, without its end (3.2)


def vcard(*, name: str, url: str = "", mail: str = "", phone: str = "", note: str = "") -> bytes:
    """An office, not a person (6.1.4). What is empty is left out; without line breaks nothing but text."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"FN:{_text(name)}",
        f"ORG:{_text(name)}",
        f"URL:{_address(url)}" if url else "",
        f"EMAIL;TYPE=work:{_text(mail)}" if mail else "",
        f"TEL;TYPE=work:{_text(phone)}" if phone else "",  # as text: written as people dial it
        f"NOTE:{_text(note)}" if note else "",
        "END:VCARD",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines if line)


def _text(text: str) -> str:
    """Escaped (3.4), on one logical line."""
    escaped = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(line.strip() for line in escaped.splitlines())


def _address(url: str) -> str:
    return "".join(url.split())


def _folded(line: str) -> bytes:
    """Continued with a space where it is too long, and never within a character (3.2)."""
    parts, part = [], b""
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > MOST_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
