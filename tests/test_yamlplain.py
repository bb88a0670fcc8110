"""The quick reader of plain YAML says exactly what the parser says, line numbers and all, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archivegen import yamlfile, yamlplain, yamltree

PLAIN = {
    "front matter": """title: "Talks \\"delayed\\" again"
date: 2018-08-21
source: NO

actors:
- Sergey Lavrov
- 'O''Neill'
# a note
days:  # below
  - 0123
  - ~
""",
    "settings": """title: Bench  # a note
url: https://example.org/#top
detect: {actors: false, dates: ~}
feeds: [site, a b]
""",
    "empty": "title:\nsource: ''\nlist: []\nmap: {}\n",
    "other letters": "title: Переговоры — в Москве:итоги\n",
}
OTHER = {
    "nothing": "",
    "a note alone": "# note\n",
    "no mapping": "- a\n- b\n",
    "a key twice": "a: 1\na: 2\n",
    "a key twice in braces": "a: {b: 1, b: 2}\n",
    "a colon": "title: Talks: delayed\n",
    "a value over two lines": "title: Talks\n  delayed\n",
    "a list below a value": "title: Talks\n- delayed\n",
    "a list that moves in": "a:\n  - b\n   - c\n",
    "another list that moves in": "a:\n- b\n - c\n",
    "an escape": 'title: "a\\tb"\n',
    "a tab": "title:\tTalks\n",
    "a line's end of YAML's own": "title: a\u2028b\n",
    "an unseen character": "title: a\u202eb\n",
    "an anchor": "a: &b c\n",
    "a block": "a: |\n  b\n",
    "a document's end": "a: b\n--- c\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_shapes_are_read(text: str) -> None:
    assert yamlplain.read_plain(text, 5) == yamltree.read_tree(text, 5)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_all_else_is_left_to_the_parser(text: str) -> None:
    assert yamlplain.read_plain(text, 1) is None


SIGNS = (
    "-",
    ":",
    ": ",
    " #",
    "#",
    '"',
    "'",
    "''",
    '\\"',
    "\\\\",
    "[",
    "]",
    "{",
    "}",
    ",",
    "?",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
)
WORDS = (
    "foo",
    "Foo bar",
    "é",
    "“q”",
    "2018-08-21",
    "NO",
    "~",
    "null",
    "x",
    "  ",
    " ",
    "...",
    "---",
    "\xa0",
    "\u2028",
    "\x85",
    "\ufeff",
    "\t",
)
BITS = st.lists(st.sampled_from(WORDS) | st.sampled_from(SIGNS), max_size=5).map("".join)
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    BITS,
    BITS.map(lambda text: '"' + text + '"'),
    BITS.map(lambda text: "'" + text + "'"),
    st.lists(BITS, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
    st.lists(BITS.map(lambda item: f"a: {item}") | st.just("b: c"), max_size=3).map(
        lambda items: "{" + ", ".join(items) + "}"
    ),
)
ENDS = st.sampled_from(["", "", "", " ", " # note", "#"])
ROWS = st.one_of(
    st.tuples(
        st.sampled_from(["a", "b", "title", "c-d", "_e", "0"]), st.sampled_from([": ", ":", ":  "]), SCALARS, ENDS
    ).map("".join),
    st.tuples(st.sampled_from(["a", "b", "title"]), st.just(":"), ENDS).map("".join),
    st.tuples(st.sampled_from(["", "", "  ", " "]), st.sampled_from(["- ", "- ", "-  ", "-"]), SCALARS, ENDS).map(
        "".join
    ),
    st.sampled_from(["", "   ", "# note", "  # note", "  more", "---", "..."]),
)
LIKE_YAML = st.tuples(st.lists(ROWS, max_size=6).map("\n".join), st.sampled_from(["", "\n", "\n\n"])).map("".join)


@settings(max_examples=600)
@given(LIKE_YAML | st.text(max_size=30))
@example("a: b\n- c\n")
@example("a:\n  - b\n# note\n  - c\n")
def test_what_is_read_is_what_the_parser_reads(text: str) -> None:
    found = yamlplain.read_plain(text, 3)
    assert found is None or found == yamltree.read_tree(text, 3)


@given(
    st.dictionaries(st.from_regex(r"[a-z][a-z_-]{0,8}", fullmatch=True), st.text(max_size=30), min_size=1, max_size=4)
)
def test_what_is_written_is_read_by_either(value: dict[str, str]) -> None:
    try:
        text = yamlfile.dump(dict(value))
    except UnicodeEncodeError:
        return
    found = yamlplain.read_plain(text, 1)
    assert found is None or found == yamltree.read_tree(text, 1)


def test_a_long_line_takes_no_long_time() -> None:
    for text in ("a: b" + " " * 100_000 + ": c\n", "a: " + "'" * 100_001 + "\n", 'a: "' + "\\\\" * 100_000 + "\n"):
        assert yamlplain.read_plain(text, 1) is None
