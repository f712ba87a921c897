"""A real, encrypted office file for every test that asks; the key is handed in raw."""

import os

import pytest

from mediation_desktop.storage.office_file import OfficeFile


@pytest.fixture
def key():
    return os.urandom(32)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "办公室"


@pytest.fixture
def office(folder, key, clock, new_id):
    with OfficeFile.create(folder, key, clock=clock, new_id=new_id) as file:
        yield file
