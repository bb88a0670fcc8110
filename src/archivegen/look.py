"""`theme:` in site.yaml: colours, typefaces, logo and footer -> checked values, and the stylesheet that sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["COLOURS", "Look", "check_colours", "contrast", "logo_size", "mix", "stylesheet", "to_colour", "to_fonts"]

HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
# Family names, with or without quotes; what could end a declaration is not among them.
FONTS = re.compile(r"""(?:[\w\s,.-]|"[\w\s.-]+"|'[\w\s.-]+')+""")
LEAST = 4.5  # WCAG 2.2, 1.4.3: contrast of text, level AA
TINT = 0.06  # of the text's colour in the ground of notices and code, as in style.css
# What style.css has: the texts' colours and the ground, by scheme.
COLOURS: dict[str, dict[str, str]] = {
    "light": {"paper": "#fdfbf6", "ink": "#1c1a16", "soft": "#5f5a4f", "accent": "#8c1c13"},
    "dark": {"paper": "#171511", "ink": "#e8e2d5", "soft": "#aaa292", "accent": "#f1a18b"},
}
KEYS = {"light": ("accent", "background"), "dark": ("accent_dark", "background_dark")}
TOWARDS = {"light": "#000000", "dark": "#ffffff"}
PNG = b"\x89PNG\r\n\x1a\n"
VIEW_BOX = re.compile(
    rb"""<svg[^>]*\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""", re.DOTALL
)

NO_COLOUR = 'is empty; a colour stands in quotes, because # begins a comment: "#8c1c13"'


def _key(doc: str, **more: str) -> Any:
    return field(default="", metadata={"doc": doc, **more})


@dataclass(frozen=True, slots=True)
class Look:
    """`theme:` what most people want to change of the look without touching a template."""

    accent: str = _key('colour of dates, links and doubt, by day: `"#8c1c13"`', empty=NO_COLOUR)
    accent_dark: str = _key("the same in dark mode; without it, `accent` made lighter", empty=NO_COLOUR)
    background: str = _key("colour of the paper, by day", empty=NO_COLOUR)
    background_dark: str = _key("colour of the paper in dark mode", empty=NO_COLOUR)
    text_font: str = _key("typefaces of the text, the first that a reader has: `Charter, Georgia, serif`")
    headline_font: str = _key("typefaces of headlines and of the archive's name")
    logo: str = _key("a picture in your `static` folder, .svg or .png, to stand beside the archive's name")
    footer: str = _key("what stands at the foot of every page, as Markdown: an imprint, a licence, a link")


def to_colour(value: str) -> str:
    """Return a colour as #rrggbb; raises ValueError for what is none."""
    if not (found := HEX.fullmatch(value)):
        raise ValueError(f'takes a colour like "#8c1c13", not {value!r}')
    digits = found[1].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def to_fonts(value: str) -> str:
    """Return a list of typefaces as CSS takes it; raises ValueError for what cannot be one."""
    if not FONTS.fullmatch(value):
        raise ValueError(f"takes names of typefaces apart by commas, like: Charter, Georgia, serif; not {value!r}")
    return " ".join(value.split())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 reckons it: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_colours(look: Look) -> Iterator[tuple[str, str, str]]:
    """Yield (key, what is wrong, a hint) for colours that make text hard to read."""
    for scheme, keys in KEYS.items():
        colours = _colours(look, scheme)
        given = [key for key in keys if getattr(look, key)]
        if not given:
            continue
        for text in ("ink", "soft", "accent"):
            found = _least(colours[text], colours)
            if found >= LEAST:
                continue
            is_accent = text == "accent" and keys[0] in given
            what = "it" if is_accent else f"text in {colours[text]}"
            yield (
                keys[0] if is_accent else keys[1],
                f"{what} has on {colours['paper']} a contrast of {found:.1f} to 1; reading needs {LEAST} (WCAG 2.2 AA)",
                f'this would do: "{_readable(colours, scheme) if is_accent else _ground(colours, scheme)}"',
            )
            break  # one colour mended may mend the others


def stylesheet(look: Look) -> str:
    """Return the CSS that sets what differs from the theme's own; empty where nothing does."""
    faces = "".join(
        f"--{name}: {value}; " for name, value in (("text", look.text_font), ("head", look.headline_font)) if value
    )
    out = [f":root {{ {faces}}}\n"] if faces else []
    for scheme in COLOURS:
        colours = _colours(look, scheme)
        changed = {name: value for name, value in colours.items() if value != COLOURS[scheme][name]}
        if changed:
            said = "".join(f"--{name}: {value}; " for name, value in changed.items())
            # Print keeps black on white.
            out.append(f"@media screen and (prefers-color-scheme: {scheme}) {{ :root {{ {said}}} }}\n")
    return "".join(out)


def logo_size(file: Path) -> tuple[int, int]:
    """Return the width and height of a PNG or SVG, so that the page keeps its room; raises ValueError without one."""
    data = file.read_bytes()
    if data.startswith(PNG):
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if found := VIEW_BOX.search(data):
        width, height = (max(1, round(float(number))) for number in found.groups())
        return width, height
    raise ValueError("is neither a PNG nor an SVG with a viewBox")


def _colours(look: Look, scheme: str) -> dict[str, str]:
    accent, paper = (getattr(look, key) for key in KEYS[scheme])
    colours = {**COLOURS[scheme], **({"paper": paper} if paper else {}), **({"accent": accent} if accent else {})}
    if scheme == "dark" and look.accent and not accent:
        colours["accent"] = look.accent
        colours["accent"] = _readable(colours, scheme)
    return colours


def _least(text: str, colours: dict[str, str]) -> float:
    """The lower contrast of the two grounds that text stands on."""
    return min(contrast(text, ground) for ground in (colours["paper"], mix(colours["ink"], colours["paper"], TINT)))


def _readable(colours: dict[str, str], scheme: str) -> str:
    """The accent, so much darker or lighter that it can be read."""
    tries = (mix(TOWARDS[scheme], colours["accent"], step / 50) for step in range(51))
    return next((colour for colour in tries if _least(colour, colours) >= LEAST), COLOURS[scheme]["accent"])


def _ground(colours: dict[str, str], scheme: str) -> str:
    """The background, so much lighter or darker that all texts can be read on it."""
    towards = "#ffffff" if scheme == "light" else "#000000"
    for step in range(51):
        paper = mix(towards, colours["paper"], step / 50)
        if all(_least(colours[text], {**colours, "paper": paper}) >= LEAST for text in ("ink", "soft", "accent")):
            return paper
    return COLOURS[scheme]["paper"]


def mix(one: str, other: str, share: float) -> str:
    """Return `share` of one colour in another, as CSS's color-mix does in sRGB."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
