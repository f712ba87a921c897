import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from desks import sample
from msgspec.structs import replace

from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.forms import load_form
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.system.paths import forms_folder


@pytest.fixture(scope="session")
def fonts():
    return FontSet.bundled()


@pytest.fixture
def form():
    return load_form("agreement", [forms_folder()])


@pytest.fixture
def case(new_id):
    """Give the dossier of a sample dispute by its number."""

    def read(number) -> Dossier:
        return sample(number, new_id).dossier

    return read


@pytest.fixture
def crowd(case, new_id):
    """Give a dossier with any number of parties of every kind."""

    def gather(count) -> Dossier:
        dossier = case(3)
        minor, elder = dossier.parties
        firm = case(2).parties[3]
        kinds = [minor, elder, firm, replace(minor, guardian=None)]
        parties = tuple(
            replace(kinds[place % 4], id=new_id(), position=place, side="申请人" if place else "被申请人")
            for place in range(count)
        )
        owed = replace(dossier.obligations[0], debtor_id=parties[0].id, creditor_id=parties[-1].id)
        return replace(dossier, parties=parties, obligations=(owed,))

    return gather


@dataclass(frozen=True)
class Outsider:
    """Programs that know nothing of ours look at a file."""

    folder: Path

    def run(self, program, *arguments):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
        done = subprocess.run([program, *arguments], capture_output=True, check=True, cwd=self.folder)
        return done.stdout.decode()

    def pages(self, pdf):
        """The text of every page as pdftotext reads it."""
        (self.folder / "paper.pdf").write_bytes(pdf)
        return self.run("pdftotext", "-raw", "paper.pdf", "-").split("\f")[:-1]

    def pdf_faces(self, pdf):
        (self.folder / "paper.pdf").write_bytes(pdf)
        return [line.split() for line in self.run("pdffonts", "paper.pdf").splitlines()[2:]]

    def office_converts(self, docx, kind):
        (self.folder / "paper.docx").write_bytes(docx)
        profile = f"-env:UserInstallation=file://{self.folder}/profile"
        self.run("soffice", profile, "--headless", "--convert-to", kind, "paper.docx")

    def office_pages(self, docx):
        """How many pages LibreOffice makes of it."""
        self.office_converts(docx, "pdf")
        return int(self.run("pdfinfo", "paper.pdf").split("Pages:")[1].split()[0])

    def office_text(self, docx):
        """The text as LibreOffice reads it."""
        self.office_converts(docx, "txt:Text (encoded):UTF8")
        return (self.folder / "paper.txt").read_text(encoding="utf-8-sig")


@pytest.fixture
def outsider(tmp_path):
    return Outsider(tmp_path)
