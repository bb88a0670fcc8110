"""Near-identical texts are found whatever their order, and told apart by sentences."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest

from archivegen.model import Line
from archivegen.timeline.copies import compare, find_copies, find_repeats, resemblance, shingles

AGENCY = """The harbour of Port Elin will stay shut until Friday, its master said, after a crane fell on the main quay.
Nobody was hurt. Forty ships wait in the bay, and the fruit terminal has begun to send lorries inland. The crane, built
in 1971, was to be taken down next spring. Insurers put the damage at nine million crowns and doubt that the port was
covered. The mayor, Rosa Quarles, asked the ministry for soldiers to clear the rails before the weekend."""
CUT = (
    AGENCY.partition(" Insurers put")[0] + " The Courier's own reporter saw two tugs leave at dawn, both of them empty."
)
OTHER = """The orchestra of Port Elin opens its season on Friday with a work that its conductor found in a cupboard.
Nobody had played it since 1903. Tickets went in an hour, and the fruit market beside the hall will close early for it.
The mayor, Rosa Quarles, is said to have asked for a seat in the last row, near the door that squeaks."""
WORDS = [f"word{number}" for number in range(3000)]


def numbered(texts: Iterable[str]) -> tuple[Callable[[], list[tuple[int, tuple[int, ...]]]], int]:
    sketches = [(number, shingles(text)) for number, text in enumerate(texts)]
    return lambda: sketches, len(sketches)


def made_up(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_a_cut_version_is_a_copy_and_another_article_of_the_town_is_not() -> None:
    assert find_copies(*numbered([AGENCY, OTHER, CUT])) == {2: 0}


def test_case_quotes_and_line_breaks_do_not_matter() -> None:
    one = 'He said: "The harbour of Port Elin stays shut until the crane is gone," and left the hall by its back door.'
    other = (
        "He said: “The harbour of Port Elin stays\nshut until the crane is gone”, and left THE HALL by its back door."
    )
    assert shingles(one) == shingles(other)


@pytest.mark.parametrize("text", ["", "Photo: Jane Roe", "...", "No comment was given."])
def test_a_few_words_in_common_are_no_copy(text: str) -> None:
    assert find_copies(*numbered([text, text])) == {}


def test_every_copy_is_one_of_its_first_and_not_of_another_copy() -> None:
    words = made_up(1).split()
    chain = [" ".join(words[at : at + 120]) for at in range(0, 180, 30)]
    found = find_copies(*numbered(chain))
    assert found
    assert not set(found.values()) & set(found)
    assert all(
        resemblance(frozenset(shingles(chain[a])), frozenset(shingles(chain[b]))) >= 0.3 for a, b in found.items()
    )


def test_a_text_that_a_hundred_outlets_took_is_one_group() -> None:
    taken = [f"{made_up(number, 12)} {AGENCY}" for number in range(100)]
    found = find_copies(*numbered([made_up(999), *taken]))
    assert found == dict.fromkeys(range(2, 101), 1)


def test_set_phrases_that_all_articles_share_join_none() -> None:
    phrase = (
        "was not immediately available for comment when this newspaper asked on Friday evening about the matter. " * 3
    )
    assert find_copies(*numbered(f"{made_up(number)} {phrase}" for number in range(60))) == {}


def test_the_order_of_reading_does_not_matter() -> None:
    texts = [made_up(number) for number in range(20)]
    texts += [" ".join(text.split()[:250]) + " " + made_up(100 + at, 40) for at, text in enumerate(texts)]
    sketches, total = numbered(texts)
    shuffled = random.Random(3).sample(sketches(), total)
    assert find_copies(sketches, total) == find_copies(lambda: shuffled, total) == {at + 20: at for at in range(20)}


def test_resemblance_is_near_the_share_of_shingles() -> None:
    words = made_up(7, 2000).split()
    one, other = " ".join(words[:1000]), " ".join(words[500:1500])
    assert resemblance(frozenset(shingles(one)), frozenset(shingles(other))) == pytest.approx(1 / 3, abs=0.15)


def test_versions_are_told_apart_by_sentences() -> None:
    old = ["It rained.", "Nobody came.", "The hall was cold."]
    new = ["It rained.", "The hall was cold!", "They went home."]
    assert compare(old, new) == (
        ("kept", ("It rained.",)),
        ("removed", ("Nobody came.",)),
        ("kept", ("The hall was cold!",)),
        ("added", ("They went home.",)),
    )


def test_comparing_endless_versions_stays_bounded() -> None:
    changes = compare([f"Line {n} old." for n in range(20_000)], [f"Line {n} new." for n in range(20_000)])
    assert sum(len(sentences) for _, sentences in changes) <= 600


def line(
    entry: int, text: str, *, article: int, date: str = "2018-08-21", outlet: str = "", inferred: bool = False
) -> Line:
    return Line(entry, 0, article, outlet or f"outlet-{article}", date, text, inferred)


def test_quotation_marks_and_capitals_make_no_other_sentence() -> None:
    lines = [
        line(1, "“It fell,” she said on Tuesday.", article=0),
        line(2, '"It fell", She said on Tuesday.', article=1),
    ]
    assert find_repeats(lines) == ({2: 1}, {1: 1})


def test_another_date_or_a_sentence_of_the_same_article_is_no_repetition() -> None:
    told = "The crane fell on Tuesday."
    assert find_repeats([line(1, told, article=0), line(2, told, article=1, date="2018-08-28")]) == ({}, {})
    assert find_repeats([line(1, told, article=0), line(2, told, article=0)]) == ({}, {})


def test_a_day_inferred_from_the_copy_s_own_publication_is_no_other_event() -> None:
    told = "The mayor visited the quay."
    lines = [line(1, told, article=0, inferred=True), line(2, told, article=1, date="2018-08-22", inferred=True)]
    assert find_repeats(lines) == ({2: 1}, {1: 1})


def test_what_only_copies_have_is_kept_once_and_an_outlet_counts_once() -> None:
    added = "Two tugs left at dawn on Tuesday."
    lines = [line(n, added, article=n, outlet=outlet) for n, outlet in enumerate(("post", "sun", "sun", "post"), 1)]
    assert find_repeats(lines) == ({2: 1, 3: 1, 4: 1}, {1: 1})
