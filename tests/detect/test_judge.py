"""Short ways that the judge takes for most runs and texts say what the long ways say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivegen.authority import Authority
from archivegen.detect.actors import find_actors, index_names
from archivegen.detect.candidates import LONGEST_RUN, Word, find_runs
from archivegen.detect.context import LOWER, lower_words, sides_of
from archivegen.detect.features import side_features
from archivegen.detect.judge import NO_NAME, Judge, Span, cut, cut_two
from archivegen.detect.weights import SIDE_OUTPUTS, Beside, FewSums, Vector, load_model
from archivegen.kept import Kept

NOTHING = index_names(Authority((), {}, frozenset()))
# Whole and half numbers: their sums are exact, in whatever order.
SCORE = st.integers(-8, 8).map(lambda n: n / 2)
VECTOR = st.tuples(*[SCORE] * SIDE_OUTPUTS)
SCORES = st.tuples(*[SCORE] * 4)


@settings(max_examples=500, deadline=None)
@given(st.tuples(SCORES, SCORES | st.just(NO_NAME), SCORES), st.lists(VECTOR, min_size=4, max_size=4))
def test_two_words_are_cut_as_any_number_is(
    scores: tuple[Sequence[float], Sequence[float], Sequence[float]], sides: list[Vector]
) -> None:
    places = ((0, 1), (0, 2), (1, 2))
    spans: list[Span] = [(first, last, a, b, c, d) for (first, last), (a, b, c, d) in zip(places, scores, strict=True)]
    nothing = (0.0,) * SIDE_OUTPUTS
    lefts, rights = (sides[0], sides[1]), (nothing, sides[2], sides[3])
    assert cut_two(spans, lefts, rights) == cut(spans, lefts, rights)


@pytest.mark.parametrize("side", ["l", "r"])
@pytest.mark.parametrize(
    "words", [("minister", "foreign"), ("said", "he"), (",", "in"), ("1996", "of"), ("of", "1996")]
)
def test_what_the_words_beside_say_is_the_sum_of_their_features(side: str, words: tuple[str, str]) -> None:
    model = load_model()
    sums = FewSums(model, range(SIDE_OUTPUTS)).of(side_features(*words, side))
    want = [*[weight - sums[4] for weight in sums[:4]], sums[4]]
    beside = Beside(model, "l" if side == "l" else "r")
    assert beside.together[words] == pytest.approx(want)
    near, far = beside.apart(words)
    assert [one + other for one, other in zip(near, far, strict=True)] == pytest.approx(want)


def test_a_word_is_judged_alike_however_often_it_came_before() -> None:
    judge = Judge(load_model())
    words = (Word("Anders", 0, 6), Word("Holm", 7, 11))
    sides = ("minister", "foreign"), ("said", "he")
    lowered = lower_words("")
    rounds = [judge.judge(judge.wording(words), sides, lowered, initial=False, item=False) for _ in range(3)]
    assert rounds[0] == rounds[1] == rounds[2] != []


@settings(max_examples=500, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("abzAé \n\t(\"'-.–"), max_size=40),
    st.text(alphabet=st.sampled_from("abzé"), max_size=4),
)
def test_a_word_stands_in_lower_case_wherever_the_pattern_finds_it(text: str, word: str) -> None:
    assert lower_words(text)[word] == (word in LOWER.findall(text))


@pytest.mark.parametrize(
    ("before", "after", "sides"),
    [
        ("a plain text about ", " and more", (("about", "text"), ("and", "more"))),
        ("the envoy said, ", ", who left", ((",", "said"), (",", "who"))),
        ("the envoy said “", "’s plan", (("“", "said"), ("'s", "plan"))),
        ("", "", (("|", "|"), ("|", "|"))),
        ("a paragraph.\n\n", "\n\nanother", (("|", "|"), ("|", "|"))),
        ("a line\nthe ", ".\nthe", (("the", "|"), (".", "|"))),
        ("of U.S. ", " vs. it", ((".", "U.S"), ("vs", "."))),
    ],
)
def test_two_words_on_either_side(before: str, after: str, sides: object) -> None:
    assert sides_of(f"{before}Name{after}", len(before), len(before) + 4, item=False) == sides


def test_a_run_of_any_length_is_cut() -> None:
    text = "He named " + "Ab " * (3 * LONGEST_RUN) + "and left."
    assert max(len(run.words) for run in find_runs(text)) == LONGEST_RUN
    assert all(mention.end - mention.start < 3 * LONGEST_RUN for mention in find_actors(text, known=NOTHING))


def test_what_is_kept_is_bounded() -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    kept = Kept(double, limit=3)
    assert [kept[number] for number in (1, 2, 1, 3, 4, 1)] == [2, 4, 2, 6, 8, 2]
    assert made == [1, 2, 3, 4, 1]
    assert len(kept) <= 3
