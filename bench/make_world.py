"""Write src/archivegen/detect/world_en.json: countries, their other names, nationalities, cities, provinces.

All of it is read from Babel (CLDR) and pycountry (ISO 3166), whose versions are noted in the file; run it after
an update of either:  python bench/make_world.py --out src/archivegen/detect/world_en.json
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import babel
import pycountry
from babel import Locale
from babel.core import get_global

BRACKETS = re.compile(r"\s*[\[(].*?[\])]")
NO_FORM = re.compile(r",|[()]| of$|^(?:Metropolitan|Neutral Zone|Pacific Islands)")
NO_NATION = re.compile(
    r"Special Drawing|Composite|Unit of|Gold|Silver|Platinum|Palladium|Testing|"
    r"Financial|Hard|Convertible|Socialist|Investment|Index|Kupon|Readjusted|CFA|Value|\d"
)
GENERIC = re.compile(
    r"\b(City|Province|Region|District|County|Republic|Oblast|Kray|Shi|Sheng|wilayah|Municipality|Governorate|Prefecture)$",
    re.IGNORECASE,
)
# CLDR's names of these say more than newspapers do.
PLAINER = {"CG": "Republic of the Congo", "CD": "Congo", "PS": "Palestine", "TR": "Turkey", "CI": "Ivory Coast"}
DIRECTIONS = re.compile(
    "central|western|eastern|northern|southern|north|south|east|west|centre|capital|highland", re.IGNORECASE
)


def plain(text: str) -> str:
    """Drop the marks on Latin letters."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i").replace("ø", "o")


def country_name(locale: Locale, code: str) -> str:
    """The name that newspapers use."""
    name = PLAINER.get(code) or locale.territories.get(code, "")
    return BRACKETS.sub("", name.replace(" & ", " and ").replace(" SAR China", ""))


def countries(locale: Locale) -> dict[str, str]:
    """Every name of a country, in English, to the one that newspapers use most."""
    out: dict[str, str] = {}
    for entry in pycountry.countries:
        name = country_name(locale, entry.alpha_2)
        forms = {name, plain(name), entry.name, plain(entry.name)}
        forms |= {form for key in ("common_name", "official_name") if (form := getattr(entry, key, None))}
        forms |= {
            form.partition(",")[0] for form in forms if ", " in form and "Korea" not in form and "Congo" not in form
        }
        forms |= {form.replace(" and ", " & ") for form in forms} | {form.replace("Saint ", "St. ") for form in forms}
        forms.add(BRACKETS.sub("", locale.territories[entry.alpha_2]))
        tidy = {form.removeprefix("the ") for form in forms}
        out |= {form: name for form in tidy if not NO_FORM.search(form) and form not in out}
    for old in pycountry.historic_countries:
        first, _, rest = old.name.partition(",")
        for form in (first, rest.strip()):
            if form and form[0].isupper() and form not in out and not NO_FORM.search(form):
                out[form] = first
    for part in pycountry.subdivisions.get(country_code="GB"):
        if part.type in ("Country", "Province") and "[" not in part.name:
            out.setdefault(part.name, part.name)
    return out


def nationalities(locale: Locale) -> dict[str, str]:
    """Adjectives of countries, read off currencies ("Afghan Afghani") and official languages."""
    out: dict[str, str] = {}
    for code, currencies in sorted(get_global("territory_currencies").items()):
        country = country_name(locale, code)
        if not country or len(code) != 2 or code in ("EU", "ZZ", "VG", "IO", "AQ"):
            continue
        words = [BRACKETS.sub("", locale.currencies.get(entry[0], "")) for entry in currencies]
        adjectives = [word.rpartition(" ")[0].removesuffix(" New") for word in words if not NO_NATION.search(word)]
        languages = get_global("territory_languages").get(code, {})
        adjectives += [
            locale.languages.get(key) or "" for key, value in languages.items() if value.get("official_status")
        ]
        for adjective in adjectives:
            if adjective != country and adjective[:2] == country[:2] and adjective.isascii():
                out.setdefault(adjective, country)
    for name in locale.languages.values():
        if name.isascii() and name.isalpha() and name.endswith(("an", "ish", "ese", "ic", "ch", "i")):
            out.setdefault(name, "")
    return out


def cities(locale: Locale) -> dict[str, str]:
    """Cities that name a time zone, with their country where it has but one: nearly always its capital."""
    zones: dict[str, list[str]] = {}
    for zone, code in sorted(get_global("zone_territories").items()):
        if code in ("001", "AQ") or "/" not in zone or zone.startswith("Etc/"):
            continue
        data: Any = locale.time_zones.get(zone)
        city = (data or {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        zones.setdefault(code, []).append(city)
    return {
        form: (country_name(locale, code) if len(set(found)) == 1 else "")
        for code, found in zones.items()
        for city in found
        for form in (city, plain(city))
        if re.fullmatch(r"[^\W\d_][\w' .-]+", city) and locale.territories.get(code) != city
    }


def provinces() -> list[str]:
    """Names of provinces, states and districts, without marks and generic words."""
    out = set()
    for part in pycountry.subdivisions:
        for name in BRACKETS.sub("", part.name).split(" / "):
            form = GENERIC.sub("", plain(name).partition(",")[0]).strip()
            if len(form) > 3 and form.isascii() and form[0].isupper() and not DIRECTIONS.fullmatch(form):
                out.add(form)
    return sorted(out)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    locale = Locale("en")
    known = countries(locale)
    data = {
        "version": 1,
        "source": f"Babel {babel.__version__} (Unicode CLDR), pycountry {pycountry.__version__} (ISO 3166)",
        "countries": dict(sorted(known.items())),
        "nationalities": dict(sorted(nationalities(locale).items())),
        "cities": dict(sorted((k, v) for k, v in cities(locale).items() if k not in known)),
        "provinces": [name for name in provinces() if name not in known],
    }
    text = json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":"))
    out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
