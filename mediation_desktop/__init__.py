"""平安调解工作台: the offline desk of a village people's mediation committee.

Floors, from the bottom: ``domain`` and ``system``; ``documents``, ``storage``, ``exchange``;
``services`` and ``county``; ``ui``; ``app`` and ``__main__``.  Each may use only what lies below it.
"""

__version__ = "0.1.0"
