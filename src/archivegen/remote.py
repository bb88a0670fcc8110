"""Object stores and whatever else fsspec reaches by an address, opened so that each refusal is told in plain words.

Keys and other addresses than Amazon's are fsspec's own settings (~/.config/fsspec, FSSPEC_S3_...), never in site.yaml.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from archivegen.errors import ArchiveError

__all__ = ["reach"]


@contextmanager
def reach(url: str, failure: type[ArchiveError], hint: str) -> Iterator[tuple[Any, str]]:
    """Open a place; yield fsspec's file system and the path in it. A refusal becomes a `failure`, with the hint."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, only where it is asked for

        store, root = url_to_fs(url)
    except ImportError as error:
        install = "install it: pip install 'archivegen[s3]'"
        raise failure(f"{url} needs a package: {error}", hint=install) from None
    except ValueError as error:
        raise failure(f"{url} cannot be used: {error}") from None
    root = root.rstrip("/")
    if not root:
        raise failure(f"{url} names no bucket", hint="like: s3://my-bucket/archive")
    store.invalidate_cache()
    refusals: tuple[type[Exception], ...] = (OSError, *_refusals())
    try:
        yield store, root
    except refusals as error:
        raise failure(f"{url} refused: {error}", hint=hint) from None


def _refusals() -> tuple[type[Exception], ...]:
    """What Amazon's own package raises beside OSError, as for missing keys."""
    module = sys.modules.get("botocore.exceptions")
    return (module.BotoCoreError, module.ClientError) if module else ()
