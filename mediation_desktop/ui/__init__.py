"""What the mediator sees: pages, dialogs and the operation objects that call services.

PySide6 lives here and in ``app``; no transaction, deadline or file format does.
"""
