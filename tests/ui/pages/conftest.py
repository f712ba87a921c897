"""What the tests of pages share: an open office, people to fill it with, and where a page wants to go."""

import pytest
from desks import make_desk
from ui.shown import show
from village import Village

from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.dispute import DisputePage


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


@pytest.fixture
def page(qtbot, workspace, desk):
    """Show the page of one dispute; tests of other pages make their own."""
    made = DisputePage(workspace, AtDesk(desk))
    made.resize(1200, 700)
    return show(qtbot, made)
