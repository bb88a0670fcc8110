"""As much of CBOR (RFC 8949) as Pagefind writes: whole numbers, texts, lists, true, false, null and 32-bit floats."""

from __future__ import annotations

import struct
from typing import Any

__all__ = ["decode", "encode"]

UINT, TEXT, LIST, SIMPLE = 0, 3, 4, 7
CONSTANTS: dict[int, Any] = {20: False, 21: True, 22: None}
FLOAT = 26
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}  # bytes of a number that follows its head


def decode(data: bytes) -> Any:
    """Read one value. Raises ValueError for what is none of the above."""
    value, end = _value(data, 0)
    if end != len(data):
        raise ValueError("more than one value")
    return value


def encode(value: Any) -> bytes:
    """Write a value as short as the standard has it."""
    out = bytearray()
    _append(out, value)
    return bytes(out)


def _value(data: bytes, at: int) -> tuple[Any, int]:
    major, more = divmod(data[at], 32)
    if major == SIMPLE:
        if more == FLOAT:
            return struct.unpack_from(">f", data, at + 1)[0], at + 5
        return CONSTANTS[more], at + 1
    width = WIDTHS.get(more, 0)
    if more > 27 or major not in (UINT, TEXT, LIST):
        raise ValueError(f"byte {data[at]:#x} is not expected here")
    number = int.from_bytes(data[at + 1 : at + 1 + width]) if width else more
    at += 1 + width
    if major == UINT:
        return number, at
    if major == TEXT:
        return data[at : at + number].decode(), at + number
    found = []
    for _ in range(number):
        item, at = _value(data, at)
        found.append(item)
    return found, at


def _append(out: bytearray, value: Any) -> None:
    if value is None or value is True or value is False:
        out.append(SIMPLE * 32 + next(code for code, constant in CONSTANTS.items() if constant is value))
    elif isinstance(value, float):
        out += struct.pack(">Bf", SIMPLE * 32 + FLOAT, value)
    elif isinstance(value, int):
        _head(out, UINT, value)
    elif isinstance(value, str):
        data = value.encode()
        _head(out, TEXT, len(data))
        out += data
    else:
        _head(out, LIST, len(value))
        for item in value:
            _append(out, item)


def _head(out: bytearray, major: int, number: int) -> None:
    if number < 24:
        out.append(major * 32 + number)
        return
    code, width = next((code, width) for code, width in WIDTHS.items() if number < 1 << 8 * width)
    out.append(major * 32 + code)
    out += number.to_bytes(width)
