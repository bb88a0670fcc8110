"""The command line: one small function a command."""

from __future__ import annotations


def main() -> int:
    """Run a command; return its exit code."""
    return 2
