"""A page that is the same for many, but for a few gaps: compressed once, then only filled in."""

import re
import struct
import zlib
from collections.abc import Mapping

_BEGIN = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip (RFC 1952), of nobody's time or system
_LAST = b"\x03\x00"  # an empty block (RFC 1951) says that nothing follows
# stands for a gap's bytes: no page has it, so nothing after a gap is copied from there
_NOWHERE = b"\x00"


class KeptPage:
    """`html` with a marker wherever a gap is; `gaps`: marker → the gap's name and its length in bytes.

    What is between two gaps is compressed with what comes before as its dictionary, a gap's text is put in
    uncompressed: together they are one gzip stream, whatever the gaps are filled with.
    """

    def __init__(self, html: str, gaps: Mapping[str, tuple[str, int]]) -> None:
        html = html.replace(_NOWHERE.decode(), "")
        markers = re.compile("|".join(map(re.escape, gaps)))
        self._gaps = [gaps[marker] for marker in markers.findall(html)]
        self._plain = [piece.encode() for piece in markers.split(html)]
        self._packed = []
        before = b""
        for piece, (_, length) in zip(self._plain, [*self._gaps, ("", 0)], strict=True):
            self._packed.append(_packed(piece, before))
            before += piece + _NOWHERE * length

    def filled(self, texts: Mapping[str, bytes], *, is_packed: bool) -> bytes:
        """The page with each gap's text, escaped already; `is_packed`: as gzip. Raises ValueError when one
        has another length."""
        filling = [texts[name] for name, _ in self._gaps]
        if any(len(text) != length for text, (_, length) in zip(filling, self._gaps, strict=True)):
            raise ValueError("a gap's text has another length")
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


def _packed(piece: bytes, before: bytes) -> bytes:
    """As blocks of a stream that has said `before` already; they end with a whole byte."""
    if before:
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    else:
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)


def _stored(text: bytes) -> bytes:
    """A block that is not compressed."""
    return struct.pack("<BHH", 0, len(text), len(text) ^ 0xFFFF) + text
