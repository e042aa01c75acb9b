"""A page that is the same for many, but for a few gaps: compressed once, then only filled in."""

import re
import struct
import zlib
from collections.abc import Mapping

_BEGIN = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip (RFC 1952), of nobody's time or system
_LAST = b"\x03\x00"  # an empty block (RFC 1951) says that nothing follows


class KeptPage:
    """`html` with a marker wherever a gap is; `gaps`: marker → the gap's name.

    What is between two gaps was compressed alone, a gap's text is put in as it stands: together they are
    one gzip stream.
    """

    def __init__(self, html: str, gaps: Mapping[str, str]) -> None:
        between = re.split("|".join(map(re.escape, gaps)), html)
        self._names = [gaps[marker] for marker in re.findall("|".join(map(re.escape, gaps)), html)]
        self._plain = [piece.encode() for piece in between]
        self._packed = [_packed(piece) for piece in self._plain]

    def filled(self, texts: Mapping[str, bytes], *, is_packed: bool) -> bytes:
        """The page with each gap's text, under 64 KiB and escaped already; `is_packed`: as gzip."""
        filling = [texts[name] for name in self._names]
        whole = b"".join(_in_turns(self._plain, filling))
        if not is_packed:
            return whole
        check = struct.pack("<II", zlib.crc32(whole), len(whole))
        stored = [_stored(text) for text in filling]
        return b"".join((_BEGIN, *_in_turns(self._packed, stored), _LAST, check))


def _in_turns(pieces: list[bytes], filling: list[bytes]) -> list[bytes]:
    turns = [pieces[0]]
    for text, piece in zip(filling, pieces[1:], strict=True):
        turns += (text, piece)
    return turns


def _packed(piece: bytes) -> bytes:
    """Blocks that refer to nothing outside, and end with a whole byte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(text: bytes) -> bytes:
    """A block that is not compressed."""
    return struct.pack("<BHH", 0, len(text), len(text) ^ 0xFFFF) + text
