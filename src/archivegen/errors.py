"""What can go wrong: diagnostics for content (values), exceptions for the program (one tree).

ArchiveError
 ├─ ConfigError      site.yaml or actors.yaml cannot be used; carries every diagnostic found
 ├─ UsageError       the command line asks for something that cannot be done
 ├─ ThemeError       a template is missing or fails, named with its line
 ├─ OutputError      the site cannot be written: unsafe folder, collision, no permission
 ├─ StoreError       the archive's database cannot be used
 ├─ FetchError       seeds could not be copied from an object store
 └─ PublishError     a host refused, or the target is wrong
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "ArchiveError",
    "ConfigError",
    "Diagnostic",
    "FetchError",
    "OutputError",
    "PublishError",
    "Severity",
    "StoreError",
    "ThemeError",
    "UsageError",
]

Severity = Literal["error", "warning", "note"]


class Diagnostic(msgspec.Struct, frozen=True):
    """One thing to tell a person about one file: where, what is wrong, what to do."""

    path: str
    line: int | None
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.severity}: {self.message}{hint}"


class ArchiveError(Exception):
    """Whatever stops a command; its text is meant for the person at the terminal."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.diagnostics = diagnostics


class ConfigError(ArchiveError):
    """A settings file cannot be used; every fault found is in `diagnostics`."""

    exit_code = 2


class UsageError(ArchiveError):
    """The command line asks for something that cannot be done."""

    exit_code = 2


class ThemeError(ArchiveError):
    """A template is missing or fails."""


class OutputError(ArchiveError):
    """The site cannot be written safely."""


class StoreError(ArchiveError):
    """The archive's database cannot be used."""


class FetchError(ArchiveError):
    """The seeds could not be copied from where they are."""


class PublishError(ArchiveError):
    """The finished site could not be put on its host."""
