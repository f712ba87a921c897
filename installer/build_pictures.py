"""Make the pictures of the README and the help from the demonstration.

Run from the repository: ``python3 dev.py pictures``.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtWidgets import QApplication

from mediation_desktop import demo
from mediation_desktop.app import Program
from mediation_desktop.services import papers, queries

PICTURES = Path(__file__).parents[1] / "resources" / "pictures"
_WINDOW = QSize(1366, 768)
_PAGE = QSize(744, 1052)


def main() -> int:
    """Draw the home page, the page of the first dispute, and the first page of its agreement."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        shown = demo.build(Path(folder) / "demo")
        program = Program(shown.desk.folder)
        program.window.resize(_WINDOW)
        program.window.show()
        program.open(shown.desk)
        for name, place, argument in (("home", "home", None), ("dispute", "dispute", shown.disputes[0])):
            program.window.go(place, argument)
            for _ in range(3):
                program.operations.drain()
                app.processEvents()
            program.window.grab().save(str(PICTURES / f"{name}.png"))
        paper = queries.dossier(shown.desk, shown.disputes[0]).papers[-1]
        _draw_first_page(papers.paper_bytes(shown.desk, paper), Path(folder))
        program.window.close()
        program.end()
    return 0


def _draw_first_page(pdf: bytes, folder: Path) -> None:
    path = folder / "agreement.pdf"
    path.write_bytes(pdf)
    document = QPdfDocument()
    document.load(str(path))
    sheet = QImage(_PAGE, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, document.render(0, _PAGE, QPdfDocumentRenderOptions()))
    painter.end()
    sheet.save(str(PICTURES / "agreement.png"))


if __name__ == "__main__":
    sys.exit(main())
