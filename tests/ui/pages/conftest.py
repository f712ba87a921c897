"""What the tests of pages share: an open office."""

import pytest
from desks import make_desk


@pytest.fixture
def desk(tmp_path, clock, new_id):
    """Give an open office with two mediators and no disputes."""
    made = make_desk(tmp_path / "office", clock, new_id)
    yield made
    made.office_file.close()
