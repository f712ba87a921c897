"""What is wrong with a form is told all at once, each with its place and what to do."""

import shutil
import tomllib

import pytest
from desks import about
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.formcheck import Gravity, is_older, problems_of
from mediation_desktop.documents.formguide import names_told
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.pdf import write_pdf
from mediation_desktop.documents.values import GENERAL
from mediation_desktop.documents.vocabulary import ABOUT, LISTS
from mediation_desktop.system.paths import forms_folder, resource

README = forms_folder() / "README.md"
SHIPPED = sorted(path.parent.name for path in forms_folder().glob("*/form.toml"))
AGREEMENT = (forms_folder() / "agreement" / "form.toml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path):
    """A copy of the agreement's form; call it to write changes and get what is told."""
    folder = tmp_path / "agreement"
    shutil.copytree(forms_folder() / "agreement", folder)

    def change(*pairs, name="agreement"):
        text = AGREEMENT
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / "form.toml").write_text(text, encoding="utf-8")
        if name != "agreement":
            folder.rename(tmp_path / name)
        return problems_of(tmp_path / name, forms_folder())

    return change


def line_of(text, part):
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_wrong_with_any_shipped_form(name):
    assert problems_of(forms_folder() / name, forms_folder()) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "人民调解协议书"', 'title = "人民调解协议书', ("引号没有成对", "第6行")),
        ("keep = true\n", "keep true\n", ("缺少等号",)),
        ('footer = "', 'foter = "', ("不认识的项“foter”", "是不是“footer”？", "第10行")),
        ('version = "1.1.0"\n', "", ("缺少“version”一项",)),
        ('title = "人民调解协议书"\n', "", ("缺少“title”一项",)),
        ('id = "agreement"\n', "", ("缺少“id”一项",)),
        (
            "{agreement.facts}",
            "{agreement.fact}",
            ("不认识的名称“agreement.fact”", "是不是“agreement.facts”？"),
        ),
        ("{agreement.facts}", "{session.place}", ("这里没有“session.place”", 'about = "session"')),
        ("{agreement.facts}", "{party.name}", ("这里没有“party.name”", 'each = "parties"')),
        ("{agreement.facts}", "{当事人}", ("花括号里写的不是名称",)),
        ("[{obligation.due}前]", "[{obligation.due}前", ("方括号没有成对",)),
        ('"guardian.name"]', '"guardian.nam"]', ("不认识的条件“guardian.nam”", "guardian.name")),
        ('role = "studio"', 'role = "studioo"', ("不认识的字样“studioo”", "是不是“studio”？")),
        ('style = "standard"', 'style = "standart"', ("没有叫“standart”的版面", "是不是“standard”？")),
        ('kind = "group"', 'kind = "groop"', ("不认识的种类“groop”", "是不是“group”？", "第5块")),
        ('each = "terms"', 'each = "term"', ("没有叫“term”的一列", "是不是“terms”？")),
        ('each = "terms"', 'each = "agents"', ("“agents”在这里没有", "parties")),
        ('about = "agreement"', 'about = "agrement"', ("不认识的文书种类", "是不是“agreement”？")),
        ('id = "agreement"', 'id = "xieyi"', ("编号“xieyi”和文件夹名“agreement”不一样",)),
        ("ruled = 5", "ruled = -5", ("数字-5不能用", "第7块（段落）", "第219行")),
        ("ruled = 5", 'ruled = "5"', ("这里应是整数",)),
        ("together = true", 'together = "是"', ("true 或 false",)),
        ('align = "center"', 'align = "centre"', ("这里只能是", "是不是“center”？")),
        ('"见以下各期"', '"见以下", "各期"', ("这一行有7格，表格有6列", "最后一格一直到表边")),
        ('footer = "第{page}页', 'footer = "第{pag}页', ("页脚里只能写",)),
        ('when = ["party.person"]', 'when = "party.person"', ("这里应是一列",)),
    ],
)
def test_what_is_wrong_is_told_in_chinese_with_its_place_and_what_to_do(own, old, new, words):
    problems = own((old, new))
    told = "\n".join(map(str, problems))
    for word in words:
        assert word in told
    assert all(one.advice for one in problems)
    assert any(one.gravity is not Gravity.REMINDER for one in problems)


def test_every_problem_is_told_in_one_run_each_in_its_line(own):
    changes = (
        ('role = "title"', 'role = "titel"'),
        ("{agreement.responsibility}", "{agreement.responsable}"),
        ('each = "terms"', 'eech = "terms"'),
        ('column = "right"', 'column = "reight"'),
    )
    problems = own(*changes)
    text = AGREEMENT
    for old, new in changes:
        text = text.replace(old, new, 1)
    lines = {one.line for one in problems if one.gravity is Gravity.BROKEN}
    for part in ("titel", "agreement.responsable", "eech", "reight"):
        assert line_of(text, part) in lines


def test_a_required_field_that_is_never_printed_is_told(own):
    (told,) = own(
        ('    [{ label = "单位或住址", text = "{party.address}" }],\n', ""),
        ('text = "{party.address}"', 'text = ""'),
        ('"1.1.0"', '"1.1.1"'),
    )
    assert told.gravity is Gravity.WRONG
    assert "“单位或住址”没有印" in told.text
    assert "字段“单位或住址”" in told.place


def test_a_missing_place_for_signatures_is_a_reminder(own):
    start = AGREEMENT.index('[[blocks]]\nkind = "signatures"')
    told = own((AGREEMENT[start:], ""), ('"1.1.0"', '"1.1.0-ly"'))
    assert [(one.gravity, one.text) for one in told] == [(Gravity.REMINDER, "没有签名处，程序自带的有。")]


def test_a_version_that_was_not_raised_is_a_reminder(own):
    (told,) = own(("经调解，自愿达成", "经调解，各方自愿达成"))
    assert told.gravity is Gravity.REMINDER
    assert "版本号却一样" in told.text
    (older,) = own(('"1.1.0"', '"1.0.9"'))
    assert older.gravity is Gravity.REMINDER
    assert "程序自带的是1.1.0版" in older.text
    assert own(("经调解，自愿达成", "经调解，各方自愿达成"), ('"1.1.0"', '"1.1.0-ly"')) == []


def test_versions_are_compared_as_figures():
    assert is_older("1.9.0", "1.10.0")
    assert is_older("1.1.0-ly", "1.2.0")
    assert not is_older("1.1.0-ly", "1.1.0")


@pytest.mark.parametrize(
    ("data", "words"),
    [("年".encode("gbk"), "UTF-8"), (b"a = " + b"[" * 5000, "写法不对"), (b"a = " + b"9" * 5000, "写法不对")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, data, words):
    (tmp_path / "agreement").mkdir()
    (tmp_path / "agreement" / "form.toml").write_bytes(data)
    (told,) = problems_of(tmp_path / "agreement", forms_folder())
    assert words in str(told)


def test_a_form_saved_by_the_notepad_is_read(tmp_path):
    path = tmp_path / "agreement" / "form.toml"
    path.parent.mkdir()
    path.write_text(AGREEMENT.replace("\n", "\r\n"), encoding="utf-8-sig")
    assert problems_of(path.parent, forms_folder()) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("size = 22", "size = 0", "数字0不能用"),
        ("[text.body]", "[text.bodi]", "是不是“body”"),
        ("bottom = 26", "bottom = 4", "放不下页脚"),
        ("left = 28", "left = 190", "没有地方写字"),
        ("width = 210", 'width = "A4"', "应是数字"),
    ],
)
def test_a_style_of_its_own_is_checked_too(own, tmp_path, old, new, words):
    style = resource("styles", "standard.toml").read_text(encoding="utf-8")
    assert old in style
    (tmp_path / "agreement" / "style.toml").write_text(style.replace(old, new), encoding="utf-8")
    told = own()
    assert any(words in str(one) and one.file == "style.toml" for one in told)


def test_a_value_that_the_form_asks_for_is_checked(own):
    field = '[[fields]]\nlabel = "见证人"\nsource = "{}"\n{}\n# ---- 抬头 ----\n'
    head = "# ---- 抬头 ----\n"
    line = ("各方责任：{agreement.responsibility}", "各方责任：{agreement.responsibility}{added.witness}")
    good = (head, field.format("added.witness", ""))
    version = ('"1.1.0"', '"1.1.0-ly"')
    assert own(good, line, version) == []
    assert "没有印在文书上" in str(own(good, version)[0])
    assert 'source = "added.witness"' in str(own(line, version)[0])
    assert "不能逐个填" in str(
        own((head, field.format("added.witness", 'each = "parties"')), line, version)[0]
    )
    assert "不能用" in str(own((head, field.format("added.见证人", "")), version)[0])


LINES = AGREEMENT.splitlines()
ODD = [
    "",
    "!",
    "{",
    "]",
    "{party.name}",
    "[[blocks]]",
    "9",
    "-1",
    '""',
    "[]",
    "x = 1",
    "parties",
    "\0",
    "nan",
]


@st.composite
def mutated(draw):
    """Give the agreement's form with a few lines lost, doubled, moved or spoilt."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        match draw(st.sampled_from(["drop", "double", "move", "cut", "insert", "value"])):
            case "drop":
                del lines[place]
            case "double":
                lines.insert(place, line)
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(place))
            case "cut":
                at = draw(st.integers(0, len(line)))
                lines[place] = line[:at] + line[at + draw(st.integers(1, 5)) :]
            case "insert":
                at = draw(st.integers(0, len(line)))
                lines[place] = line[:at] + draw(st.sampled_from(ODD)) + line[at:]
            case _:
                key = line.partition("=")[0]
                odd = draw(st.sampled_from([*ODD, "0", "1e9", "true", '"x"', "{}", '["party.sex"]', "[[]]"]))
                lines[place] = f"{key}= {odd}" if "=" in line else line
    return "\n".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=mutated())
def test_a_spoilt_form_is_told_or_prints_and_never_crashes(tmp_path, case, fonts, clock, text):
    folder = tmp_path / "agreement"
    folder.mkdir(exist_ok=True)
    (folder / "form.toml").write_text(text, encoding="utf-8")
    told = problems_of(folder, forms_folder())
    assert all(one.text and one.advice for one in told)
    if any(one.gravity is Gravity.BROKEN for one in told):
        return
    form = load_form("agreement", [tmp_path])
    if form.file.about == "agreement":
        paper = compose(form, about(case(3)))
        write_pdf(paper, fonts, now=clock.now())
        write_docx(paper, now=clock.now())


def test_a_column_too_narrow_for_its_head_prints_all_the_same(own, tmp_path, case, fonts, clock):
    change = ('{ head = "履行内容", share = 18.2 }', '{ head = "履行内容和以后的各项安排", share = 0.5 }')
    assert [one.gravity for one in own(change)] == [Gravity.REMINDER]
    paper = compose(load_form("agreement", [tmp_path]), about(case(2)))
    assert write_pdf(paper, fonts, now=clock.now()).pages > 1


def test_every_key_that_is_spoilt_is_told_and_the_rest_still_looked_at(tmp_path):
    folder = tmp_path / "agreement"
    folder.mkdir()
    texts = {key: value for key, value in tomllib.loads(AGREEMENT).items() if isinstance(value, str)}
    for spoilt in (*texts, "blocks", "fields", "switches"):
        kept = [f'{key} = "{value}"' for key, value in texts.items() if key != spoilt]
        text = "\n".join([f"{spoilt} = 7", 'foter = "x"', *kept])
        (folder / "form.toml").write_text(text, encoding="utf-8")
        told = "\n".join(map(str, problems_of(folder, forms_folder())))
        assert f"第1行，“{spoilt}”" in told
        assert "foter" in told


def test_the_document_for_those_who_edit_forms_lists_every_name():
    text = README.read_text(encoding="utf-8")
    names = {"form.title", *GENERAL}
    names |= {name for about in ABOUT.values() for name in about.table}
    names |= {name for listed in LISTS.values() for name in listed.names}
    missing = [name for name in sorted(names) if f"`{{{name}}}`" not in text]
    missing += [kind for kind in ABOUT if f'about = "{kind}"' not in text]
    missing += [name for name in LISTS if f'each = "{name}"' not in text]
    assert missing == [], "copy the lines of “mediation-desktop forms names” to the end of forms/README.md"


def test_the_names_told_are_those_of_the_vocabulary():
    told = "\n".join(names_told())
    assert "| `{party.sex}` | 性别 |" in told
    assert 'each = "agents"' in told
