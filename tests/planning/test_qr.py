"""Every code is read by zxing, which shares nothing with the library that drew it."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from app.planning.plan import Plan
from app.planning.qr import as_png, as_svg, as_text, island_address, wifi_network

ADDRESS = "HTTP://192.168.1.5:8000/E/K7M4QX/3"
MODULES = 29 + 8
SVG = "{http://www.w3.org/2000/svg}"


def read(image: Image.Image) -> tuple[str, str, str]:
    [code] = zxingcpp.read_barcodes(image.convert("L"))
    return code.text, code.ec_level, str(code.format)


def drawn(svg: str, scale: int) -> Image.Image:
    """Rectangle and path as Pillow draws them."""
    root = ElementTree.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    image = Image.new("L", (side * scale, side * scale), 128)  # what is neither shows as grey
    pen = ImageDraw.Draw(image)
    background = root.find(f"{SVG}rect")
    path = root.find(f"{SVG}path")
    assert background is not None
    assert path is not None
    assert (background.attrib["fill"], path.attrib["fill"]) == ("#fff", "#000")
    pen.rectangle(
        (0, 0, int(background.attrib["width"]) * scale, int(background.attrib["height"]) * scale),
        fill=255,
    )
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path.attrib["d"])
    assert "".join("M{} {}h{}v1h-{}z".format(*run) for run in runs) == path.attrib["d"]
    for x, y, length, back in (map(int, run) for run in runs):
        assert length == back
        corners = (x * scale, y * scale, (x + length) * scale - 1, (y + 1) * scale - 1)
        pen.rectangle(corners, fill=0)
    return image


def on_terminal(text: str) -> Image.Image:
    """One pixel a module, as a terminal paints the half blocks."""
    lines = text.splitlines()
    image = Image.new("1", (MODULES, 2 * len(lines)))
    for row, line in enumerate(lines):
        painted = re.fullmatch("\x1b\\[38;5;16;48;5;231m([ ▀▄█]+)\x1b\\[0m", line)
        assert painted is not None
        for x, block in enumerate(painted[1]):
            image.putpixel((x, 2 * row), block not in "▀█")
            image.putpixel((x, 2 * row + 1), block not in "▄█")
    return image


def quiet_zone(image: Image.Image, module: int) -> tuple[int, int, int, int]:
    """White modules left, above, right and below."""
    box = image.convert("L").point(lambda level: 255 - level).getbbox()
    assert box is not None
    left, above, right, below = box
    return (
        left // module,
        above // module,
        (image.width - right) // module,
        (image.height - below) // module,
    )


def test_every_island_of_the_plan_has_a_code_that_says_its_address(plan: Plan) -> None:
    addresses = [
        island_address("http://192.168.1.5:8000", "K7M4QX", island.number)
        for island in plan.islands
    ]

    pictures = [Image.open(BytesIO(as_png(address))) for address in addresses]

    assert addresses[2] == ADDRESS
    assert [read(picture) for picture in pictures] == [
        (address, "Q", "QR Code") for address in addresses
    ]
    assert {(picture.mode, picture.size) for picture in pictures} == {("1", (37 * 12, 37 * 12))}
    assert {quiet_zone(picture, 12) for picture in pictures} == {(4, 4, 4, 4)}


def test_the_svg_says_the_same_in_one_path() -> None:
    svg = as_svg(ADDRESS, module=5)
    root = ElementTree.fromstring(svg)

    assert read(drawn(svg, 6)) == (ADDRESS, "Q", "QR Code")
    assert quiet_zone(drawn(svg, 6), 6) == (4, 4, 4, 4)
    assert [child.tag for child in root] == [f"{SVG}rect", f"{SVG}path"]
    assert {name: root.attrib[name] for name in ("viewBox", "width", "height", "aria-label")} == {
        "viewBox": f"0 0 {MODULES} {MODULES}",
        "width": str(5 * MODULES),
        "height": str(5 * MODULES),
        "aria-label": ADDRESS,
    }


def test_svg_and_png_have_the_same_modules() -> None:
    png = Image.open(BytesIO(as_png(ADDRESS, scale=3)))

    assert drawn(as_svg(ADDRESS), 3).tobytes() == png.convert("L").tobytes()


def test_an_address_with_signs_that_mean_something_in_xml_stays_one_attribute() -> None:
    address = 'http://host/a"b<c>&d/e/K7M4QX'

    assert ElementTree.fromstring(as_svg(address)).attrib["aria-label"] == address


def test_the_code_on_a_terminal_is_read_in_black_and_white_of_its_own() -> None:
    picture = on_terminal(as_text(ADDRESS))

    assert read(picture.resize((picture.width * 8, picture.height * 8))) == (
        ADDRESS,
        "Q",
        "QR Code",
    )
    assert quiet_zone(picture, 1) == (4, 4, 4, 5)


@pytest.mark.parametrize("surroundings", [0, 255])
def test_the_terminals_own_colour_around_it_does_not_matter(surroundings: int) -> None:
    picture = on_terminal(as_text(ADDRESS)).convert("L").resize((MODULES * 6, 38 * 6))
    screen = Image.new("L", (800, 600), surroundings)
    screen.paste(picture, (40, 40))

    assert read(screen) == (ADDRESS, "Q", "QR Code")


@pytest.mark.parametrize(
    ("base", "number", "expected"),
    [
        ("http://192.168.1.5:8000", 3, ADDRESS),
        ("http://192.168.1.5:8000/", None, "HTTP://192.168.1.5:8000/E/K7M4QX"),
        ("https://cafe.example.org", 12, "HTTPS://CAFE.EXAMPLE.ORG/E/K7M4QX/12"),
        ("https://example.org/Cafe", 12, "https://example.org/Cafe/e/K7M4QX/12"),
        ("https://straße.example", None, "https://straße.example/e/K7M4QX"),
    ],
)
def test_an_address_is_upper_case_where_that_means_the_same(
    base: str, number: int | None, expected: str
) -> None:
    assert island_address(base, "K7M4QX", number) == expected


def test_upper_case_saves_four_modules_a_side() -> None:
    address = "HTTPS://CAFE.OBERHAUSEN.EXAMPLE/E/K7M4QX/12"

    sides = [
        int(ElementTree.fromstring(as_svg(address)).attrib["viewBox"].split()[2]) - 8
        for address in (address, address.lower())
    ]

    assert sides == [29, 33]


def test_the_same_address_gives_the_same_bytes() -> None:
    assert as_png(ADDRESS) == as_png(ADDRESS)


@pytest.mark.parametrize(
    ("name", "password", "expected"),
    [
        ("Rathaus", "geheim", "WIFI:T:WPA;S:Rathaus;P:geheim;;"),
        ("Rathaus Gäste", "", "WIFI:T:nopass;S:Rathaus Gäste;;"),
        ("a;b,c:d", 'e"f\\g', 'WIFI:T:WPA;S:a\\;b\\,c\\:d;P:e\\"f\\\\g;;'),
    ],
)
def test_a_network_is_written_as_phones_read_it(name: str, password: str, expected: str) -> None:
    assert wifi_network(name, password) == expected
