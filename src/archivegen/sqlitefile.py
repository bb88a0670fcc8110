"""SQLite files of what can be made again: of another form or damaged, they are begun anew."""

from __future__ import annotations

import sqlite3

__all__ = ["code_of", "is_damage", "set_form", "tables_of"]


def code_of(error: Exception) -> int:
    """Return SQLite's primary result code, or 0."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: Exception) -> bool:
    """Tell whether an error means that a file is no SQLite file, or not whole."""
    return code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def set_form(db: sqlite3.Connection, form: int, tables: str) -> None:
    """See that a database has these tables, empty if it was of another form; `form` has 31 bits."""
    if db.execute("PRAGMA user_version").fetchone()[0] == form:
        return
    for name in tables_of(db):
        db.execute(f'DROP TABLE "{name}"')
    for statement in tables.split(";"):
        if statement.strip():
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {form}")


def tables_of(db: sqlite3.Connection) -> list[str]:
    """List the names of a database's tables."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in db.execute(query)]
