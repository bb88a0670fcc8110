"""A preview on 127.0.0.1: builds, serves, watches the inputs, builds again, and reloads the browser.

An error in an input shows in the terminal and as a page in the browser; the server lives on.
"""

from __future__ import annotations

import logging
import mimetypes
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.watcher import Watcher

from archivegen.build import build, updated_archive
from archivegen.config import FILE_NAME, Config, load_config
from archivegen.errors import ArchiveError, UsageError
from archivegen.inputs import input_stamps
from archivegen.review import worklist
from archivegen.stamps import stamp_of
from archivegen.store import Reader
from archivegen.views import ReviewItem

__all__ = ["Preview", "serve"]

Report = Callable[[str], None]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

REVIEW = "review/"  # a page that only the preview has
ANYWAY = "anyway"  # the query that shows the site though some articles are left out
RELOAD_NOW = "__livereload__"  # the watcher's word for: reload, however short ago the last time was
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 1.05rem/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color-scheme: light dark }}
pre, code {{ font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }}
pre {{ border-left: .3rem solid #b3261e; padding: .5rem 1rem }} li {{ margin-bottom: 1rem }}
</style></head><body><main><h1>{title}</h1>{body}</main></body></html>
"""


def serve(root: Path, *, port: int, open_browser: bool, jobs: int, report: Report) -> None:
    """Build the site in `root` and serve it until interrupted. Raises UsageError if the port cannot be used."""
    _check_port(port)
    preview = Preview(root, jobs, report)
    preview.rebuild()
    address = f"http://127.0.0.1:{port}/"
    report(f"Your archive is at {address} and what to settle in it at {address}{REVIEW}\nStop with Ctrl-C.")
    logging.getLogger("livereload").disabled = True
    logging.getLogger("tornado.access").disabled = True
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    server = Server(preview.application, _InputWatcher(preview))
    server.serve(port=port, host="127.0.0.1", debug=False)


class Preview:
    """The state between two builds: the settings in force, and the error to show in place of pages, if any."""

    def __init__(self, root: Path, jobs: int, report: Report) -> None:
        self._root = root
        self._jobs = jobs
        self._report = report
        self._config: Config | None = None
        self._error = ""
        self._is_built = False  # whether there are pages to show beside the error
        self.seen: dict[str, str] = {}  # the inputs as they were when the last build began

    def rebuild(self) -> None:
        """Build the site again; an error is kept for the pages to show."""
        self._is_built = False
        self.seen = self.inputs()
        try:
            self._config = load_config(self._root)
            self.seen = self.inputs()  # all that these settings name
            summary = build(self._config, jobs=self._jobs)
        except ArchiveError as error:
            self._error = _told(error)
            self._report(f"error: {self._error}")
        except Exception as error:  # the live-reload edge: whatever it is, the server lives on
            self._error = f"{type(error).__name__}: {error}"
            self._report(f"error in archivegen itself: {self._error}")
            logging.getLogger("archivegen").exception("while building for the preview")
        else:
            faults = [d for d in summary.diagnostics if d.severity != "note"]
            self._error = "\n".join(str(d) for d in faults if d.severity == "error")
            self._is_built = True
            counts = summary.written
            self._report(
                "\n".join([*map(str, faults), f"Built: {counts.written} pages written, {counts.unchanged} unchanged"])
            )

    def inputs(self) -> dict[str, str]:
        """Return the stamps of the files that the site is made from, by folder."""
        if self._config:
            return dict(input_stamps(self._config))
        settings = self._root / FILE_NAME
        return {str(settings): stamp_of(settings) if settings.is_file() else ""}

    def application(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        path = environ.get("PATH_INFO", "/").encode("latin-1", "replace").decode("utf-8", "replace").lstrip("/")
        if environ.get("QUERY_STRING") == ANYWAY and self._is_built:
            self._error = ""
        status, kind, data = self._answer(path)
        start_response(status, [("Content-Type", kind), ("Cache-Control", "no-store")])
        return [data]

    def _answer(self, path: str) -> tuple[str, str, bytes]:
        html = "text/html; charset=utf-8"
        file = self._file(path)
        is_page = file is None or file.suffix == ".html"
        if self._error and is_page:
            return "500 Internal Server Error", html, self._error_page()
        if path in (REVIEW, f"{REVIEW}index.html") and self._config:
            try:
                return "200 OK", html, _review_page(self._config)
            except ArchiveError as error:
                return "500 Internal Server Error", html, _page("This cannot be told yet", _preformatted(_told(error)))
        if file is None:
            missing = self._file("404.html")
            return "404 Not Found", html, missing.read_bytes() if missing else _page("Not found", "")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return "200 OK", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, file.read_bytes()

    def _error_page(self) -> bytes:
        title, way_on = "This cannot be built yet", ""
        if self._is_built:
            title, way_on = "Some articles are left out", f'<p><a href="?{ANYWAY}">Show the site without them</a></p>'
        body = "<p>Mend this, save, and the page comes back by itself.</p>"
        return _page(title, f"{body}{_preformatted(self._error)}{way_on}")

    def _file(self, path: str) -> Path | None:
        if self._config is None or "\0" in path:
            return None
        site = self._config.output.resolve()
        file = (site / path).resolve()
        file = file / "index.html" if file.is_dir() else file
        return file if file.is_file() and file.is_relative_to(site) else None


class _InputWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Compares the stamps of all inputs: also sees files that come with an old date, and folders that come later."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self._tasks: dict[str, Any] = {"inputs": {}}  # livereload would else watch the current folder

    def examine(self) -> tuple[str | None, None]:
        """Build when an input changed; tell livereload whether to reload the browser."""
        if self._preview.inputs() == self._preview.seen:
            return None, None
        self._preview.rebuild()
        return RELOAD_NOW, None


def _told(error: ArchiveError) -> str:
    return "\n".join([error.message, *map(str, error.diagnostics), error.hint]).strip()


def _preformatted(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(f"port {port} cannot be used: {reason}", hint=f"try: --port {port + 1}") from None


def _review_page(config: Config) -> bytes:
    with updated_archive(config) as archive:
        items = worklist(config, Reader(archive.store))
    body = "<p>Nothing is doubtful.</p>" if not items else f"<ol>{''.join(map(_review_item, items))}</ol>"
    return _page(f"To settle: {len(items)}", body)


def _review_item(item: ReviewItem) -> str:
    place = item.path if item.line is None else f"{item.path}:{item.line}"
    words = f" <q>{escape(item.evidence)}</q>" if item.evidence else ""
    fix = f"<br><code>{escape(item.fix)}</code>" if item.fix else ""
    topic = f"<strong>{escape(item.topic)}</strong> <code>{escape(place)}</code><br>"
    return f"<li>{topic}{escape(item.reason)}{words}{fix}</li>"


def _page(title: str, body: str) -> bytes:
    return PAGE.format(title=escape(title), body=body).encode("utf-8", "replace")
