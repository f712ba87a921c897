"""Ids of everything a question finds: a sequence like any other, however many there are."""

import sys
from uuid import UUID

import pytest
from builders import uid
from helpers import IdCounter
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.storage.idlist import IdList


def listed(ids):
    return IdList(",".join(str(one) for one in ids))


@given(
    ids=st.lists(st.uuids(), max_size=12, unique=True),
    at=st.integers(-13, 13),
    part=st.slices(12),
)
def test_it_is_the_sequence_that_a_tuple_of_them_would_be(ids, at, part):
    plain, made = tuple(ids), listed(ids)
    assert len(made) == len(plain)
    assert tuple(made) == plain
    assert tuple(reversed(made)) == plain[::-1]
    assert made[part] == plain[part]
    assert [made.index(one) for one in ids] == list(range(len(ids)))
    assert all(one in made for one in ids)
    if -len(plain) <= at < len(plain):
        assert made[at] == plain[at]
    else:
        with pytest.raises(IndexError):
            made[at]


def test_what_is_not_among_them_is_not_found():
    made = listed([uid(1), uid(2), uid(3)])
    assert uid(9) not in made
    assert "" not in made
    with pytest.raises(ValueError, match="not found"):
        made.index(uid(9))
    with pytest.raises(ValueError, match="not found"):
        made.index(uid(1), 1)
    with pytest.raises(ValueError, match="not found"):
        made.index(uid(3), 0, 2)
    assert made.index(uid(2), 1, 2) == 1


def test_a_hundred_thousand_take_four_megabytes():
    new_id = IdCounter()
    made = listed(new_id() for _ in range(100_000))
    assert len(made) == 100_000
    assert sum(sys.getsizeof(kept) for kept in vars(made).values()) < 4_000_000
    assert isinstance(made[99_999], UUID)
