"""`python -m archivegen` is the same as `archivegen`."""

from archivegen.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
