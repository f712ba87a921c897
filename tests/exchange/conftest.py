"""An office, its county, and a small bundle between them."""

from pathlib import Path

import pytest
from carrying import Ends, new_ends


@pytest.fixture(scope="session")
def ends() -> Ends:
    return new_ends()


@pytest.fixture
def bundle(ends: Ends, tmp_path: Path) -> Path:
    return ends.write(tmp_path / "XT-0101-20260306-0007.tjb")
