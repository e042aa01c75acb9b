"""What XML can carry: a file with anything else in it does not open."""

import re
from typing import Any

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


def writable(value: Any) -> Any:
    """The same without the characters that no XML may have, in all texts of a list or a dict, too."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    if isinstance(value, list):
        return [writable(item) for item in value]
    if isinstance(value, dict):
        return {name: writable(item) for name, item in value.items()}
    return value
