"""Compiled templates: the theme's are kept with the program, for all sites, a site's own with the site."""

from __future__ import annotations

import os
import pickle
import shutil
from contextlib import suppress
from pathlib import Path

import jinja2

__all__ = ["Bytecode", "only_folder"]

THEMES, SITES = "theme", "site"


class Bytecode(jinja2.BytecodeCache):
    """A cache for Jinja, of what is compiled for one language.

    `theme` is the folder of the theme's templates; compiled they go to the folder `shipped`, all others to `own`.
    """

    def __init__(self, language: str, theme: Path, *, shipped: Path, own: Path) -> None:
        self._theme = f"{theme}{os.sep}"
        self._caches = {
            whose: jinja2.FileSystemBytecodeCache(str(folder), f"{language}-%s.cache")
            for whose, folder in ((THEMES, shipped), (SITES, own))
        }

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """As Jinja's, after whose template it is."""
        whose = THEMES if filename and filename.startswith(self._theme) else SITES
        return f"{whose}-{super().get_cache_key(name, filename)}"

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket if its template was compiled before; what cannot be read is compiled anew."""
        with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):
            self._cache_of(bucket).load_bytecode(bucket)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled, if that can be: it only saves time."""
        with suppress(OSError):
            self._cache_of(bucket).dump_bytecode(bucket)

    def _cache_of(self, bucket: jinja2.bccache.Bucket) -> jinja2.FileSystemBytecodeCache:
        return self._caches[bucket.key.partition("-")[0]]


def only_folder(parent: Path, name: str) -> Path:
    """Make a folder for what one version of the program compiles, and clear away others'. Raises OSError."""
    folder = parent / name
    folder.mkdir(parents=True, exist_ok=True)
    for other in parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder
