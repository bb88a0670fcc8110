"""Countries, their other names, nationalities, cities and provinces: read once from the package's own data.

The data is made from Babel (CLDR) and pycountry (ISO 3166) by bench/make_world.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

__all__ = ["World", "load_world"]

# What newspapers write and the library's data does not have.
SHORT_NAMES = {
    "U.S.": "United States",
    "U.S": "United States",
    "US": "United States",
    "USA": "United States",
    "U.S.A.": "United States",
    "America": "United States",
    "UK": "United Kingdom",
    "U.K.": "United Kingdom",
    "Britain": "United Kingdom",
    "Great Britain": "United Kingdom",
    "UAE": "United Arab Emirates",
    "U.A.E.": "United Arab Emirates",
    "DRC": "Congo",
    "Holland": "Netherlands",
    "Bosnia": "Bosnia and Herzegovina",
    "Soviet Union": "Soviet Union",
    "USSR": "Soviet Union",
    "U.S.S.R.": "Soviet Union",
    "Union of Soviet Socialist Republics": "Soviet Union",
    "Burma": "Myanmar",
    "Kosovo": "Kosovo",
    "Macedonia": "North Macedonia",
    "Vatican": "Vatican City",
    "Wales": "Wales",
    "PRC": "China",
    "DPRK": "North Korea",
    "East Germany": "East Germany",
    "West Germany": "West Germany",
}
NATIONS = {
    "American": "United States",
    "British": "United Kingdom",
    "Danish": "Denmark",
    "Dutch": "Netherlands",
    "English": "England",
    "Filipino": "Philippines",
    "Korean": "",
    "Palestinian": "Palestine",
    "Scottish": "Scotland",
    "Soviet": "Soviet Union",
    "Turkish": "Turkey",
    "Welsh": "Wales",
    "West Indian": "",
    "Yugoslav": "",
    "Czechoslovak": "",
    "Latin American": "",
    "North American": "",
    "Saudi Arabian": "Saudi Arabia",
    "Israeli-Palestinian": "",
    "Burmese": "Myanmar",
    "Kosovan": "Kosovo",
    "European": "",
    "African": "",
    "Asian": "",
    "Arab": "",
    "Western": "",
}
# Capitals of countries with several time zones, and those that are not their zone's city.
CAPITALS = {
    "Ankara": "Turkey",
    "Beijing": "China",
    "Berlin": "Germany",
    "Bern": "Switzerland",
    "Brasilia": "Brazil",
    "Canberra": "Australia",
    "Damascus": "Syria",
    "Delhi": "India",
    "Doha": "Qatar",
    "Hanoi": "Vietnam",
    "Islamabad": "Pakistan",
    "Kiev": "Ukraine",
    "Kyiv": "Ukraine",
    "Lisbon": "Portugal",
    "London": "United Kingdom",
    "Madrid": "Spain",
    "Moscow": "Russia",
    "New Delhi": "India",
    "Ottawa": "Canada",
    "Pyongyang": "North Korea",
    "Riyadh": "Saudi Arabia",
    "Tel Aviv": "Israel",
    "Washington": "United States",
}
# Parts of the world that are no country; newspapers write of them as places.
REGIONS = frozenset((
    "Africa", "Antarctica", "Asia", "Balkans", "Caucasus", "Central America", "Central Asia", "Chechnya", "Crimea",
    "East Asia", "Eastern Europe", "Europe", "Far East", "Gaza", "Gaza Strip", "Golan Heights", "Kashmir", "Kurdistan",
    "Latin America", "Middle East", "North Africa", "North America", "Persian Gulf", "Scandinavia", "Siberia",
    "South America", "South Asia", "Southeast Asia", "Tibet", "Wall Street", "West Africa", "West Bank",
    "Western Europe",
))  # fmt: skip
NO_CAPITALS = frozenset((
    "Aden", "Abidjan", "Auckland", "Calcutta", "Colombo", "Douala", "Dubai", "Istanbul", "Johannesburg", "Karachi",
    "Kolkata", "Lagos", "Zurich",
))  # fmt: skip


class World(msgspec.Struct, frozen=True):
    """`countries` lead from any name to the common one; `nations` from an adjective to its country or "".

    `capitals` lead from a city to the country it may stand for; `cities` and `provinces` are names of places.
    """

    countries: Mapping[str, str]
    nations: Mapping[str, str]
    capitals: Mapping[str, str]
    cities: frozenset[str]
    provinces: frozenset[str]
    starts: Mapping[str, frozenset[str]]  # first words of names of several words, to those names
    upper: Mapping[str, str]  # countries, capitals and cities in capitals, for headlines


@cache
def load_world() -> World:
    """Read the data; about 5 milliseconds, once a process."""
    data = json.loads(files("archivegen.detect").joinpath("world_en.json").read_text(encoding="utf-8"))
    countries = {**data["countries"], **SHORT_NAMES}
    countries |= {form: SHORT_NAMES[name] for form, name in countries.items() if name in SHORT_NAMES}
    capitals = {city: country for city, country in data["cities"].items() if country and city not in NO_CAPITALS}
    capitals |= CAPITALS
    cities = frozenset(data["cities"]) | frozenset(CAPITALS) | REGIONS
    nations = {**data["nationalities"], **NATIONS}
    starts: dict[str, set[str]] = {}
    for name in (*countries, *nations, *cities):
        first, space, _ = name.partition(" ")
        if space:
            starts.setdefault(first, set()).add(name)
    return World(
        countries=countries,
        nations=nations,
        capitals=capitals,
        cities=cities,
        provinces=frozenset(data["provinces"]),
        starts={first: frozenset(names) for first, names in starts.items()},
        upper={
            name.upper(): name for name in (*sorted(data["provinces"]), *sorted(cities), *countries) if len(name) > 3
        },
    )
