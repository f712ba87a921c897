"""Scans through the dispute page: recognised wherever they are added, and offered to the paper they show."""

import shutil

import pytest
from desks import sample
from msgspec.structs import replace
from PySide6.QtWidgets import QPushButton
from scanner import page_picture, scanned
from ui.access import unnamed_controls

from mediation_desktop.services import attachments, papers, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.taking_in import Incoming

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")


@pytest.fixture
def wages(page, operations, desk, clock, new_id):
    """Give the wage dispute with its printed agreement, shown on the page."""
    clock.advance(days=30)
    dispute_id = enter(desk, replace(sample(2, new_id), signing=None))
    page.come(dispute_id)
    operations.drain()
    return dispute_id


@pytest.fixture
def scan(desk, wages, tmp_path):
    """Give a scan of the agreement's second page."""
    paper = queries.dossier(desk, wages).papers[-1]
    picture = page_picture(papers.paper_bytes(desk, paper), tmp_path, 2)
    return Incoming("扫描0001.jpg", data=scanned(picture, turned=1.5, dirt=0.1))


def settle(operations):
    for _ in range(4):
        operations.drain()


def test_a_scan_among_the_evidence_is_offered_to_its_paper(page, operations, desk, wages, scan):
    page.open_panel("evidence")
    page.panel.strip.add_files([scan])
    settle(operations)
    assert len(page.panel.strip.collected) == 1
    (offer,) = [one for one in page.banner.findChildren(QPushButton) if one.text() == "归到那份文书"]
    offer.click()
    settle(operations)
    paper = queries.dossier(desk, wages).papers[-1]
    (kept,) = attachments.of_subject(desk, paper.id)
    assert kept.caption == "调解协议书扫描件（第2页）"
    assert page.panel.strip.collected == ()


def test_a_scan_added_to_its_own_paper_is_called_after_its_page(page, operations, desk, wages, scan):
    paper = queries.dossier(desk, wages).papers[-1]
    page.open_panel("signing", paper.id)
    assert unnamed_controls(page.panel) == []
    page.panel.strip.add_files([scan])
    settle(operations)
    (kept,) = attachments.of_subject(desk, paper.id)
    assert (kept.caption, kept.sheets) == ("调解协议书扫描件（第2页）", 1)
    offers = [one for one in page.banner.findChildren(QPushButton) if one.text() == "归到那份文书"]
    assert not any(one.isVisible() for one in offers)
