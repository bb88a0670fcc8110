#!/usr/bin/env python3
"""Memory and time of reading a large WordPress export, generated here.

    python bench/containers.py [--megabytes 1000] [--step members|read|prepare|build]

`members` takes the posts out, `read` makes articles of them, `prepare` finds dates and names too, `build` makes the
whole site with the command line. Each runs in a process of its own, whose peak memory is that of the largest process.
Not for Windows: it reads what the operating system notes of finished processes.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Brenn Paper</title><language>en-GB</language>
"""
POST = """<item><title>Council holds session {n}</title><link>https://example.org/{n}/</link>
<dc:creator><![CDATA[jane]]></dc:creator><guid isPermaLink="false">https://example.org/?p={n}</guid><description></description>
<content:encoded><![CDATA[<!-- wp:paragraph -->
{body}]]></content:encoded><wp:post_id>{n}</wp:post_id><wp:post_date>{year}-05-04 09:00:00</wp:post_date>
<wp:post_name>session-{n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="council"><![CDATA[Council]]></category>
<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta></item>
"""
PARAGRAPH = (
    "The {what} of Brenn {did} on {day} May {year} for its session {n}, and Ada Falkner, its chair, opened it with "
    "<b>a word on the {about}</b>. The mayor {then}, <a href='https://example.org/{n}'>as he had {did} before</a>, "
    "and his {who} {then} about what the {where} could {will}. Nothing was {done}, the {who} said later.\n\n"
)  # fmt: skip
# The posts must differ, or they are all copies of one text, as no paper's are.
CHOICES = {
    "what": [
        "council",
        "board",
        "court",
        "party",
        "guild",
        "crew",
        "union",
        "choir",
        "club",
        "bank",
        "school",
        "parish",
    ],
    "did": ["met", "spoke", "sat", "voted", "quarrelled", "rested", "wrote", "walked"],
    "about": [
        "harbour",
        "market",
        "bridge",
        "school",
        "road",
        "well",
        "tower",
        "ferry",
        "mill",
        "wall",
        "park",
        "square",
        "canal",
        "dam",
    ],
    "then": [
        "stayed away",
        "spoke at length",
        "wept",
        "laughed",
        "left early",
        "came late",
        "said little",
        "read a letter",
        "slept",
        "sang",
    ],
    "who": ["deputy", "clerk", "brother", "lawyer", "doctor", "driver", "tutor", "cook", "guard", "neighbour"],
    "where": ["town", "village", "county", "port", "valley", "island", "parish", "district"],
    "will": ["afford", "bear", "build", "sell", "mend", "lose", "keep", "borrow", "plant", "hide"],
    "done": ["decided", "signed", "paid", "heard", "burnt", "counted", "lost", "printed", "opened", "closed"],
}
STEPS = {
    "members": """
for item in members(file, 'w.xml', {}):
    count += isinstance(item, Member)
""",
    "read": """
for item in members(file, 'w.xml', {}):
    count += isinstance(item, Member) and read_member(item, 'w.xml#' + item.name, 'w.xml').article is not None
""",
    "prepare": """
settings = settings_for(default_config(file.parent), load_authority(file.parent / 'actors.yaml'))
for part in parts(settings, Source('w.xml', '', file, '', is_container=True)):
    count += isinstance(part, Part) and prepare(settings, part).article is not None
""",
}
START = """
import sys
from pathlib import Path
from archivegen.authority import load_authority
from archivegen.config import default_config
from archivegen.prepare import Part, parts, prepare, settings_for
from archivegen.read import Member, members, read_member
from archivegen.sources import Source
file, count = Path(sys.argv[1]), 0
"""


def generate(file: Path, size: int) -> int:
    """Write an export of about so many bytes; return the number of its posts."""
    n = 0
    rng = random.Random(1)
    with file.open("w", encoding="utf-8") as out:
        written = out.write(HEAD)
        while written < size:
            n += 1
            year = 1990 + n % 30
            body = "".join(
                PARAGRAPH.format(
                    day=1 + k, n=n, year=year, **{name: rng.choice(words) for name, words in CHOICES.items()}
                )
                for k in range(4 + n % 15)
            )
            written += out.write(POST.format(n=n, year=year, body=body))
        out.write("</channel></rss>\n")
    return n


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--step", choices=[*STEPS, "build"], action="append")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "seeds").mkdir()
        (site / "site.yaml").write_text("title: Bench\n", encoding="utf-8")
        file = site / "seeds" / "w.xml"
        posts = generate(file, options.megabytes * 1_000_000)
        print(f"{file.stat().st_size / 1e6:.0f} MB, {posts:,} posts")
        for step in options.step or ["members", "read"]:
            if step == "build":
                command = [sys.executable, "-m", "archivegen", "build", "--quiet", "--site", folder]
            else:
                command = [sys.executable, "-c", f"{START}{STEPS[step]}print(f'  {{count:,}} read')", str(file)]
            begun = time.perf_counter()
            process = subprocess.Popen(command)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall = time.perf_counter() - begun
            cpu = usage.ru_utime + usage.ru_stime
            print(f"{step}: exit {process.returncode}, {wall:.1f} s, {cpu:.1f} CPU s, {usage.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
