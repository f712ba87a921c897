"""Opening a PDF from bytes."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from mediation_desktop.domain.errors import UserError


class PdfBytes:
    """A ``QPdfDocument`` together with the bytes it reads from, which must live as long."""

    def __init__(self, data: bytes | QByteArray) -> None:
        self.document = QPdfDocument()
        self._buffer = QBuffer(self.document)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if self.document.error() != QPdfDocument.Error.None_:
            raise UserError("这份文书打不开。", "请重新生成后再看；如果仍打不开，请联系维护人员。")

    def close(self) -> None:
        """Let go of the pages and the bytes."""
        self.document.close()
        self._buffer.close()
