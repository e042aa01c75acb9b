"""F: contacts as files for an address book, read again strictly by RFC 6350."""

from app.planning.vcard import vcard


def read(file: bytes) -> list[tuple[str, str]]:
    """Name (with parameters) and value of every line, unfolded (3.2) and unescaped (3.4). Fails on anything
    the RFC does not allow."""
    assert file.endswith(b"\r\n")
    physical = file[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    assert all(line.decode("utf-8") for line in physical), "no character is cut in two"
    lines: list[str] = []
    for line in physical:
        if line.startswith(b" "):
            lines[-1] += line[1:].decode()
        else:
            lines.append(line.decode())
    pairs = [line.split(":", 1) for line in lines]
    return [(name, _unescaped(value)) for name, value in pairs]


def _unescaped(value: str) -> str:
    text, chars = "", iter(value)
    for char in chars:
        if char == "\\":
            escaped = next(chars)
            assert escaped in "\\,;nN"
            text += "\n" if escaped in "nN" else escaped
        else:
            text += char
    return text


def test_a_contact_comes_back_as_it_was_planned() -> None:
    file = vcard(
        name="Stadt; Oberhausen, Bereich 3-2 \\ Soziales",
        url="https://example.org/a,b;c",
        mail="soziales@example.org",
        phone="0208 825-1234",
        note="Ehrenamt\nExpert*innendialog",
    )

    assert read(file) == [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        ("KIND", "org"),
        ("FN", "Stadt; Oberhausen, Bereich 3-2 \\ Soziales"),
        ("ORG", "Stadt; Oberhausen, Bereich 3-2 \\ Soziales"),
        ("URL", "https://example.org/a,b;c"),
        ("EMAIL;TYPE=work", "soziales@example.org"),
        ("TEL;TYPE=work", "0208 825-1234"),
        ("NOTE", "Ehrenamt\nExpert*innendialog"),
        ("END", "VCARD"),
    ]


def test_what_is_not_known_has_no_line_and_no_text_makes_one_of_its_own() -> None:
    names = [name for name, _ in read(vcard(name="Amt\r\nEND:VCARD\x0b", phone=""))]

    assert names == ["BEGIN", "VERSION", "KIND", "FN", "ORG", "END"]


def test_long_names_are_folded_between_characters() -> None:
    name = "Ä" * 100 + "🙂" * 40

    assert ("FN", name) in read(vcard(name=name))
