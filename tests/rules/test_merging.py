"""Two people change the same record: what collides, what does not, and what comes of taking over some of it."""

from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.merging import WHOLE, Difference, Record, collisions, differences, merged, was_left_alone

PLACE = ("location", 1)
SEEN: Record = {WHOLE: {"company": "会社", "kana": "カイシャ"}, PLACE: {"city": "江東区", "address": "毛利"}}


def changed(record: Record, part: tuple[str, int], **fields: str) -> Record:
    return {key: {**values, **fields} if key == part else values for key, values in record.items()}


def without(record: Record, part: tuple[str, int]) -> Record:
    return {key: values for key, values in record.items() if key != part}


def test_equal_records_do_not_differ() -> None:
    assert differences(SEEN, SEEN) == ()


def test_what_only_they_changed_collides_and_we_left_it_alone() -> None:
    theirs = changed(SEEN, WHOLE, company="新会社")
    (one,) = collisions(SEEN, SEEN, theirs)
    assert one == Difference(WHOLE, "company", "会社", "新会社")
    assert was_left_alone(SEEN, SEEN, one)


def test_what_only_we_changed_collides_with_nothing() -> None:
    assert collisions(SEEN, changed(SEEN, PLACE, address="東陽"), SEEN) == ()


def test_the_same_change_on_both_sides_is_no_collision() -> None:
    both = changed(SEEN, WHOLE, company="新会社")
    assert collisions(SEEN, both, both) == ()


def test_what_both_changed_otherwise_was_not_left_alone() -> None:
    ours, theirs = changed(SEEN, WHOLE, company="甲"), changed(SEEN, WHOLE, company="乙", kana="オツ")
    first, second = collisions(SEEN, ours, theirs)
    assert (first.ours, first.theirs) == ("甲", "乙")
    assert not was_left_alone(SEEN, ours, first)
    assert was_left_alone(SEEN, ours, second)


def test_a_part_that_they_took_away_collides_as_a_whole() -> None:
    ours = changed(SEEN, PLACE, address="東陽")
    (one,) = collisions(SEEN, ours, without(SEEN, PLACE))
    assert one == Difference(PLACE, "", "江東区, 東陽", None)
    assert not was_left_alone(SEEN, ours, one)
    assert was_left_alone(SEEN, SEEN, one)
    assert PLACE not in merged(ours, without(SEEN, PLACE), [one])
    assert merged(ours, without(SEEN, PLACE), [])[PLACE]["address"] == "東陽"


def test_a_part_that_we_took_away_while_they_changed_it_collides_as_a_whole() -> None:
    theirs = changed(SEEN, PLACE, address="東陽")
    (one,) = collisions(SEEN, without(SEEN, PLACE), theirs)
    assert one == Difference(PLACE, "", None, "江東区, 東陽")
    assert merged(without(SEEN, PLACE), theirs, [one])[PLACE] == theirs[PLACE]


def test_a_part_that_we_took_away_and_they_left_alone_is_no_collision() -> None:
    assert collisions(SEEN, without(SEEN, PLACE), changed(SEEN, WHOLE, kana="カブシキ")) == (
        Difference(WHOLE, "kana", "カイシャ", "カブシキ"),
    )


def test_a_part_that_they_added_comes_behind_ours() -> None:
    theirs = {**SEEN, ("contact", 7): {"name": "佐藤"}}
    ours = {**SEEN, ("location", -1): {"city": "港区"}}
    (one,) = collisions(SEEN, ours, theirs)
    assert was_left_alone(SEEN, ours, one)
    assert list(merged(ours, theirs, [one])) == [WHOLE, PLACE, ("location", -1), ("contact", 7)]


parts = st.sampled_from([WHOLE, ("location", 1), ("location", 2), ("contact", 1)])
records = st.dictionaries(parts, st.fixed_dictionaries({"a": st.sampled_from("xyz"), "b": st.sampled_from("xyz")}))


@given(records, records, records)
def test_taking_over_every_collision_leaves_only_what_we_alone_changed(
    seen: Record, ours: Record, theirs: Record
) -> None:
    result = merged(ours, theirs, collisions(seen, ours, theirs))
    assert collisions(seen, result, theirs) == ()
    for part in {*result, *theirs}:
        if seen.get(part) == ours.get(part):
            assert result.get(part) == theirs.get(part)


@given(records, records, records)
def test_taking_over_nothing_leaves_ours(seen: Record, ours: Record, theirs: Record) -> None:
    assert merged(ours, theirs, ()) == ours
