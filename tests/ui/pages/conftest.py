"""What the tests of pages share: an open office, people to fill it with, and where a page wants to go."""

import pytest
from desks import make_desk
from village import Village


@pytest.fixture
def desk(tmp_path, clock, new_id):
    """Give an open office with two mediators and no disputes."""
    made = make_desk(tmp_path / "office", clock, new_id)
    yield made
    made.office_file.close()


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


@pytest.fixture
def gone(workspace):
    """Collect where the page wants to go."""
    places = []
    workspace.go_to.connect(lambda key, argument: places.append((key, argument)))
    return places
