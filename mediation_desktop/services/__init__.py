"""What a mediator can do: one public function is one action, one action is one transaction.

Joins domain, storage, documents and exchange; never a widget.
"""
