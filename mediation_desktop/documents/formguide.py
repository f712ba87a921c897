"""The names that forms may use, as a document for those who edit forms."""

from collections.abc import Iterable, Iterator

from mediation_desktop.documents import forms
from mediation_desktop.documents.formnames import realm_word
from mediation_desktop.documents.kinds import DISPUTE
from mediation_desktop.documents.vocabulary import ABOUT, EVERYWHERE, LISTS
from mediation_desktop.system.paths import forms_folder


def names_told() -> Iterator[str]:
    """Yield the lines of the document: names by kind of paper and by list, in Markdown.

    What a name is called is taken from the labels beside it on the shipped forms.
    """
    labels = _labels()
    yield "### 每种文书都能用的名称"
    yield ""
    yield from _rows(EVERYWHERE, labels)
    for realm in {about.realm.name: about.realm for about in ABOUT.values()}.values():
        yield f"### 各种{realm_word(realm)}都能用的名称"
        yield ""
        yield from _rows(realm.table, labels)
    for kind, about in ABOUT.items():
        yield f'### 只有 about = "{kind}" 的文书能用的名称'
        yield ""
        if about.table:
            yield from _rows(about.table, labels)
        else:
            yield from ("没有另外的名称。", "")
    for name, listed in LISTS.items():
        yield f'### each = "{name}" 之内能用的名称'
        yield ""
        if listed.within == DISPUTE.name:
            yield from (f"{realm_word(DISPUTE)}都能用。", "")
        else:
            yield from (f"只能写在“{listed.within}”之内。", "")
        yield from _rows(listed.names, labels)


def _rows(names: Iterable[str], labels: dict[str, str]) -> Iterator[str]:
    yield "| 名称 | 自带的文书上写作 |"
    yield "|---|---|"
    yield from (f"| `{{{name}}}` | {labels.get(name, '')} |" for name in sorted(names))
    yield ""


def _labels() -> dict[str, str]:
    """Return the label that a shipped form has for a value, the first found."""
    found: dict[str, str] = {}
    folder = forms_folder()
    for path in sorted(folder.glob("*/form.toml")):
        file = forms.load_form(path.parent.name, [folder]).file
        for field in file.fields:
            found.setdefault(field.source, field.label)
        for label, text in _cells(file.blocks):
            for name in forms.NAME.findall(text)[:1] if label else ():
                found.setdefault(name, label)
    return found


def _cells(blocks: Iterable[forms.Repeated]) -> Iterator[tuple[str, str]]:
    """Yield every labelled text."""
    for block in blocks:
        match block:
            case forms.FieldsSpec():
                yield from ((cell.label, cell.text) for row in block.rows for cell in row)
            case forms.TableSpec():
                for row in (*block.rows, *block.foot):
                    yield from zip((column.head for column in block.columns), row.cells, strict=False)
            case _:
                yield from _cells(forms.parts_of(block))
