"""Papers on the screen and to the printer: both take the PDF's bytes, which are the truth."""

from mediation_desktop.ui.papers.preview import PaperPreview
from mediation_desktop.ui.papers.printing import PrintOrder, ask_printer, print_pdf
from mediation_desktop.ui.papers.sending import print_ordered, send

__all__ = ["PaperPreview", "PrintOrder", "ask_printer", "print_ordered", "print_pdf", "send"]
