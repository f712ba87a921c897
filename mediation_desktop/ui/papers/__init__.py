"""Papers on the screen and to the printer: both take the PDF's bytes, which are the truth."""

from mediation_desktop.ui.papers.preview import PaperPreview
from mediation_desktop.ui.papers.printing import PrintOrder, ask_printer, print_pdf

__all__ = ["PaperPreview", "PrintOrder", "ask_printer", "print_pdf"]
