"""An office's own forms beside its data: which one is taken, and what is told of them."""

from pathlib import Path

from msgspec import Struct

from mediation_desktop.documents.formcheck import FORM, Gravity, Problem, is_older, problems_of
from mediation_desktop.documents.forms import Form, load_form
from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.paths import forms_folder


class Chosen(Struct, frozen=True):
    """The form a paper is made with; ``note`` says why it is not the office's own where there is one."""

    form: Form
    note: str = ""


def form_folders(folder: Path) -> tuple[Path, ...]:
    """Return where forms are looked for: the office's own beside its data, then the shipped ones."""
    return (folder / "forms", forms_folder())


def own_forms(folder: Path) -> list[str]:
    """Return the names of the office's own forms, sound or not."""
    return sorted(path.parent.name for path in (folder / "forms").glob(f"*/{FORM}"))


def chosen_form(folder: Path, name: str) -> Chosen:
    """Return the office's own form, or the shipped one where the own one cannot be printed.

    Raises:
        UserError: there is no such form, or none that can be printed.
    """
    broken = _broken(folder, name)
    if broken is None:
        return Chosen(load_form(name, form_folders(folder)))
    if not (forms_folder() / name / FORM).is_file():
        raise UserError(f"本单位自己的文书格式“{name}”用不了：{_said(broken)}", broken.advice)
    form = load_form(name, [forms_folder()])
    return Chosen(
        form,
        f"本单位自己的《{form.file.title}》格式用不了（{_said(broken)}），这里用的是程序自带的格式。"
        "请告诉管格式的人改正。",
    )


def own_forms_told(folder: Path) -> tuple[str, ...]:
    """Return one sentence for each of the office's own forms: that it is used, or what is the matter."""
    return tuple(_told(folder, name) for name in own_forms(folder))


def _told(folder: Path, name: str) -> str:
    try:
        chosen = chosen_form(folder, name)
    except UserError as error:
        return str(error)
    if chosen.note:
        return chosen.note
    title, version = chosen.form.file.title, chosen.form.version
    shipped = forms_folder()
    if (shipped / name / FORM).is_file():
        newest = load_form(name, [shipped]).version
        if is_older(version, newest):
            return (
                f"《{title}》用本单位自己的{version}版；程序自带的{newest}版更新，"
                "请告诉管格式的人看看要不要跟着改。"
            )
    return f"《{title}》用本单位自己的格式，版本{version}。"


def _broken(folder: Path, name: str) -> Problem | None:
    """Return what makes the office's own form useless; nothing where it is sound or there is none."""
    own = folder / "forms" / name
    if not (own / FORM).is_file():
        return None
    found = problems_of(own, forms_folder())
    return next((one for one in found if one.gravity is Gravity.BROKEN), None)


def _said(problem: Problem) -> str:
    line = f"第{problem.line}行" if problem.line else ""
    return f"{problem.file}{line}：{problem.text.rstrip('。')}"
