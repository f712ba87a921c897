"""What the mediator sees: pages, dialogs and the operation objects that call services.

PySide6 lives here and in ``app``; no transaction, deadline or file format does.
"""

from mediation_desktop.ui.constants_alive import keep_constants_alive

keep_constants_alive()
