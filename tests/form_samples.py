"""The sample that lies beside every shipped form, as the matter it tells of and as the paper it makes."""

from desks import about

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.forms import load_form
from mediation_desktop.domain.papers import subject_of
from mediation_desktop.services.casefiles.office import is_of_office, read_office
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.paths import forms_folder

FORMS = sorted(path.parent.name for path in forms_folder().glob("*/form.toml"))


def shipped(name):
    return load_form(name, [forms_folder()])


def sample_matter(name, new_id):
    text = (forms_folder() / name / "sample.toml").read_text(encoding="utf-8")
    named = shipped(name).file.about
    if is_of_office(named):
        return read_office(text, named, load_codes(), new_id)
    dossier = read_case(text, load_codes(), new_id).dossier
    return about(dossier, subject_of(dossier, name))


def sample_paper(name, new_id):
    return compose(shipped(name), sample_matter(name, new_id))
