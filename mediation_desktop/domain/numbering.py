"""编号: one annual sequence per committee, in a pattern that is data."""

from mediation_desktop.domain.errors import UserError


def number(pattern: str, *, year: int, word: str, block: str, serial: int) -> str:
    """Return the number that ``pattern`` makes, e.g. ``（2026）龙东人调字第001号``.

    ``block`` is the letter that keeps two PCs of one office apart; it stands before the serial.

    Raises:
        UserError: the pattern names a part that does not exist.
    """
    try:
        return pattern.format(year=year, word=word, block=block, serial=serial)
    except (KeyError, ValueError, IndexError) as error:
        raise UserError(
            "编号格式写错了。", "格式中只能用 {year}、{word}、{block}、{serial}，请在设置中改正。"
        ) from error
