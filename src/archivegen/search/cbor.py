"""As much of CBOR (RFC 8949) as the files of an index have: whole numbers, texts and lists."""

from __future__ import annotations

from typing import Any

from archivegen.kept import Kept

__all__ = ["LIST", "TEXT", "decode", "encode", "head", "numbers"]

UINT, NEGATIVE, TEXT, LIST = 0, 1, 3, 4  # the kinds of values
SHORT = 24  # a smaller number is within its head
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}  # bytes of a number that follows its head


def decode(data: bytes) -> Any:
    """Read one value. Raises ValueError for what is none of the above."""
    value, end = _value(data, 0)
    if end != len(data):
        raise ValueError("more than one value")
    return value


def encode(value: Any) -> bytes:
    """Write a value as short as the standard has it."""
    if isinstance(value, int):
        return numbers[value]
    if isinstance(value, str):
        data = value.encode()
        return head(TEXT, len(data)) + data
    return head(LIST, len(value)) + b"".join(map(encode, value))


def head(kind: int, number: int) -> bytes:
    """Write how a value begins: of which kind it is, and its number or how long it is."""
    if number < SHORT:
        return bytes((kind * 32 + number,))
    code, width = next((code, width) for code, width in WIDTHS.items() if number < 1 << 8 * width)
    return bytes((kind * 32 + code,)) + number.to_bytes(width)


numbers: Kept[int, bytes] = Kept(lambda number: head(UINT, number) if number >= 0 else head(NEGATIVE, -1 - number))


def _value(data: bytes, at: int) -> tuple[Any, int]:
    kind, number = divmod(data[at], 32)
    at += 1
    if number >= SHORT:
        if number not in WIDTHS:
            raise ValueError(f"byte {data[at - 1]:#x} is not expected here")
        width = WIDTHS[number]
        number = int.from_bytes(data[at : at + width])
        at += width
    if kind == UINT:
        return number, at
    if kind == NEGATIVE:
        return -1 - number, at
    if kind == TEXT:
        return data[at : at + number].decode(), at + number
    if kind != LIST:
        raise ValueError(f"a value of kind {kind} is not expected here")
    found = []
    for _ in range(number):
        if data[at] < SHORT:  # most are small numbers
            found.append(data[at])
            at += 1
        else:
            item, at = _value(data, at)
            found.append(item)
    return found, at
