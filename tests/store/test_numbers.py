"""Taking the next number of a kind."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stellr_tui.store.engine import Store, take_number
from tests.store.programs import finish, start


def test_numbers_count_up_from_the_first(store: Store) -> None:
    with store.writing() as session:
        assert [take_number(session, "contract", first=5001) for _ in range(3)] == [5001, 5002, 5003]
    with store.writing() as session:
        assert take_number(session, "contract", first=5001) == 5004


def test_each_kind_has_its_own_numbers(store: Store) -> None:
    with store.writing() as session:
        assert take_number(session, "contract") == 1
        assert take_number(session, "customer", first=700) == 700
        assert take_number(session, "contract") == 2


def test_a_number_of_a_transaction_that_was_undone_is_taken_again(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        assert take_number(session, "contract") == 1
        raise ZeroDivisionError
    with store.writing() as session:
        assert take_number(session, "contract") == 1


def test_threads_never_get_the_same_number(store: Store) -> None:
    def take(_: int) -> int:
        with store.writing() as session:
            return take_number(session, "contract")

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(take, range(40))) == list(range(1, 41))


def test_processes_never_get_the_same_number(store: Store, database_url: str) -> None:
    programs = [start("take", database_url, 30) for _ in range(3)]
    taken = [[int(line) for line in finish(program)] for program in programs]
    assert all(numbers == sorted(numbers) for numbers in taken)
    assert sorted(number for numbers in taken for number in numbers) == list(range(1000, 1090))
