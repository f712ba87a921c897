"""The one shape of a fault of the surroundings: disk full, drive pulled, file held by another program."""


class EnvironmentProblem(Exception):
    """The machine refused.  ``text`` says what happened, ``advice`` what to do; both in Chinese."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.text}{self.advice}"
