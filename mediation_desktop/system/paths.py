"""Where things are: the program's own data, and the folder where an office keeps its work.

The wheel carries ``resources`` and ``forms`` in ``mediation_desktop/_data``.  A source tree, and a copy
installed as plain folders, have them beside the package.  Nobody else looks for them.
"""

from pathlib import Path

import platformdirs

from mediation_desktop.system.problems import EnvironmentProblem

_PACKAGE = Path(__file__).parents[1]
_HOMES = (_PACKAGE / "_data", _PACKAGE.parent)


def resource(*parts: str) -> Path:
    """Return the file or folder ``resources/<parts>`` that came with the program.

    Raises:
        EnvironmentProblem: it is not there, so the installation is damaged.
    """
    return _shipped("resources", *parts)


def forms_folder() -> Path:
    """Return the folder of the forms that came with the program, one folder inside it per form.

    Raises:
        EnvironmentProblem: it is not there, so the installation is damaged.
    """
    return _shipped("forms")


def samples_folder() -> Path:
    """Return the folder of the sample disputes, which the demonstration and the tests share.

    Raises:
        EnvironmentProblem: it is not there, so the installation is damaged.
    """
    return _shipped("tests", "data", "cases")


def default_data_folder() -> Path:
    """Return the folder for the office file and the logs when the user names no other.

    On Windows it lies under the user's local application data, elsewhere where the XDG or Apple rules
    want it.  It is not created here.
    """
    return platformdirs.user_data_path("mediation-desktop", appauthor=False)


def _shipped(*parts: str) -> Path:
    for home in _HOMES:
        path = home.joinpath(*parts)
        if path.exists():
            return path
    raise EnvironmentProblem(
        f"程序文件不完整，缺少“{'/'.join(parts)}”。", "请重新安装本程序；原有数据不受影响。"
    )
