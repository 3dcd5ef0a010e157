"""The instruction stands on cells where nothing is shown, near its target, or nowhere."""

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset, Region, Size

from stellr_tui.classroom.placing import Ink, beside, is_near

SCREEN = Size(80, 24)
BOX = Size(30, 4)


def regions(screen: Size = SCREEN) -> st.SearchStrategy[Region]:
    """Any region of a screen."""
    return st.builds(
        lambda x, y, width, height: Region(x, y, width, height).intersection(screen.region),
        st.integers(0, screen.width - 1),
        st.integers(0, screen.height - 1),
        st.integers(1, screen.width),
        st.integers(1, screen.height),
    )


def around(target: Region, *shown: Region) -> Ink:
    """A screen that shows a target and more."""
    ink = Ink(SCREEN)
    for one in (target, *shown):
        ink.cover(one)
    return ink


@given(regions(), st.lists(regions(), max_size=6), st.lists(st.builds(Size, st.integers(10, 80), st.integers(2, 20))))
def test_wherever_it_stands_it_covers_nothing_and_is_whole_on_the_screen(
    target: Region, shown: list[Region], sizes: list[Size]
) -> None:
    place = beside(target, sizes, around(target, *shown))
    if place is not None:
        assert place.size in sizes
        assert SCREEN.region.contains_region(place)
        assert not any(place.overlaps(one) for one in (target, *shown))
        assert is_near(place, target)


def test_with_room_everywhere_it_stands_right_below() -> None:
    target = Region(10, 5, 20, 1)
    assert beside(target, [BOX], around(target)) == Region(10, 6, 30, 4)


def test_at_the_lower_edge_it_stands_above() -> None:
    target = Region(10, 22, 20, 2)
    assert beside(target, [BOX], around(target)) == Region(10, 18, 30, 4)


def test_between_things_above_and_below_it_stands_at_the_side_that_has_room() -> None:
    target = Region(5, 10, 20, 3)
    above, below = Region(0, 0, 80, 10), Region(0, 14, 80, 10)
    assert beside(target, [BOX], around(target, above, below)) == Region(27, 10, 30, 4)
    assert beside(target, [BOX], around(target, above, below, Region(70, 13, 1, 1))) == Region(27, 10, 30, 4)
    assert beside(target, [BOX], around(target, above, below, Region(50, 13, 1, 1))) is None


def test_where_the_broad_one_has_no_room_it_takes_the_narrow_one() -> None:
    target = Region(10, 5, 20, 1)
    ink = around(target, Region(41, 0, 39, 24), Region(0, 0, 80, 5))
    assert beside(target, [Size(50, 3), Size(25, 6)], ink) == Region(10, 6, 25, 6)


def test_far_away_is_not_beside() -> None:
    target = Region(0, 0, 10, 1)
    assert beside(target, [BOX], around(target, Region(0, 0, 80, 15))) is None


def test_blanks_between_words_are_free_and_both_cells_of_a_wide_letter_are_not() -> None:
    ink = Ink(SCREEN)
    ink.write(Offset(10, 3), "訓練   a", Region(0, 0, 80, 24))
    taken = [x for x in range(80) if not ink.is_free(Region(x, 3, 1, 1))]
    assert taken == [10, 11, 12, 13, 17]
    ink.write(Offset(0, 5), "out of sight", Region(0, 0, 80, 5))
    assert ink.is_free(Region(0, 5, 80, 1))
