"""The one shape of a mistake that the user can put right."""


class UserError(Exception):
    """Something asked for cannot be done as it stands.

    ``text`` says in one Chinese sentence what is wrong, ``advice`` what to do next.  Neither may hold
    an ID number, a phone number or any other personal value: both reach screens and logs.
    """

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.text}{self.advice}"
