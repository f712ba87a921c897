"""PDF drawn for tests, and pages as pictures, to be compared."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from reportlab.pdfgen.canvas import Canvas

A4 = (595.28, 841.89)


def draw(path, pages, size=A4):
    canvas = Canvas(str(path), pagesize=size, initialFontName="Times-Roman")
    for number in range(pages):
        canvas.setFont("Times-Roman", 24)
        canvas.drawString(70, size[1] - 90, f"Page {number + 1}")
        canvas.rect(30, 30, size[0] - 60, size[1] - 60)
        canvas.line(30, 30, size[0] - 30, size[1] - 30)
        canvas.circle(100 + 100 * number, 200, 40, fill=1)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def picture(path, page, width=600):
    document = QPdfDocument()
    document.load(str(path))
    points = document.pagePointSize(page)
    rendered = document.render(page, QSize(width, round(width * points.height() / points.width())))
    document.close()
    flat = QImage(rendered.size(), QImage.Format.Format_Grayscale8)
    flat.fill(QColor("white"))
    painter = QPainter(flat)
    painter.drawImage(0, 0, rendered)
    painter.end()
    return flat


def difference(one, other):
    """Return the share of pixels that differ by more than half of black."""
    assert abs(one.height() - other.height()) <= 1
    height = min(one.height(), other.height())
    rows = ((one.constScanLine(y), other.constScanLine(y)) for y in range(height))
    far = sum(abs(a - b) > 127 for left, right in rows for a, b in zip(left, right, strict=True))
    return far / (one.width() * height)
