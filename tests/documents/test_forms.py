import shutil

import pytest
from desks import about
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose, missing_fields
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.page import FieldLine, Line, Paragraph, Signatures, Table
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import AgentPower
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.paths import forms_folder


@pytest.fixture
def county(tmp_path):
    """A county's own copy of the form; call it to change words in the file."""
    shutil.copytree(forms_folder() / "agreement", tmp_path / "agreement")
    path = tmp_path / "agreement" / "form.toml"

    def change(old, new):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return load_form("agreement", [tmp_path, forms_folder()])

    return change


def printed(paper):
    return "\n".join(text for text, _ in paper.texts())


def test_the_sample_beside_the_form_fills_every_field_it_requires(form, new_id):
    text = form.path.with_name("sample.toml").read_text(encoding="utf-8")
    dossier = read_case(text, load_codes(), new_id).dossier
    assert missing_fields(form, about(dossier)) == ()
    assert "童来喜" in printed(compose(form, about(dossier)))


def test_a_countys_own_copy_is_taken_first(county, case):
    form = county('version = "1.1.0"', 'version = "1.1.0-ly"')
    paper = compose(form, about(case(1)))
    assert paper.form_version == "1.1.0-ly"


def test_a_county_may_change_wording_and_style(county, case, tmp_path):
    form = county("纠纷主要事实、争议事项：", "主要事实：")
    assert "主要事实：" in printed(compose(form, about(case(1))))
    own = tmp_path / "agreement" / "style.toml"
    shutil.copy(forms_folder().parent / "resources" / "styles" / "standard.toml", own)
    own.write_text(own.read_text(encoding="utf-8").replace("size = 22", "size = 20"), encoding="utf-8")
    assert load_form("agreement", [tmp_path]).style.text["title"].size == 20


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('kind = "group"', 'kind = "groop"', "blocks[4]"),
        ('footer = "', 'foter = "', "form.toml"),
        ("together = true", 'together = "ja"', "together"),
        ('title = "人民调解协议书"', 'title = "人民调解协议书', "line"),
    ],
)
def test_a_damaged_form_is_refused_naming_file_and_key(county, old, new, named):
    with pytest.raises(UserError) as caught:
        county(old, new)
    assert "form.toml" in caught.value.text
    assert named in caught.value.text
    assert caught.value.advice


@pytest.mark.parametrize(("old", "new"), [("{agreement.facts}", "{agreement.fact}"), ('"agents"', '"agent"')])
def test_a_name_the_program_does_not_know_is_refused(county, case, old, new):
    form = county(old, new)
    with pytest.raises(UserError, match="不认识"):
        compose(form, about(case(3)))


@pytest.mark.parametrize("name", ["nothing", "../agreement", "", "AGREEMENT/"])
def test_an_unknown_form_is_refused(name):
    with pytest.raises(UserError):
        load_form(name, [forms_folder()])


def test_a_dispute_without_agreement_has_no_agreement_paper(form, case):
    with pytest.raises(UserError, match="还没有调解协议"):
        compose(form, about(case(6)))


def test_missing_data_is_named_in_the_forms_order(form, case):
    labels = [field.label for field in missing_fields(form, about(case(5)))]
    assert labels == ["单位或住址", "纠纷主要事实、争议事项"]


def test_blocks_come_in_the_ministrys_order(form, case):
    paper = compose(form, about(case(1)))
    kinds = [type(block) for block in paper.blocks]
    assert kinds == [
        *[Line] * 4, *([Line] + [FieldLine] * 4) * 2, Line, *[Paragraph] * 2, Line, *[Paragraph] * 4,
        Line, Table, *[Paragraph] * 2, Signatures,
    ]  # fmt: skip


def test_identity_numbers_can_be_switched_off(form, case):
    assert "330825196205140010" in printed(compose(form, about(case(1))))
    off = printed(compose(form, about(case(1)), switches={"identity_numbers": False}))
    assert "330825196205140010" not in off
    assert "身份证" not in off


def test_every_party_has_its_own_block(form, case):
    text = printed(compose(form, about(case(4))))
    for name in ("赖有土", "赖有木", "赖有金", "邱根生", "邱来福", "兰春花", "邱岩山", "浙源里村经济合作社"):
        assert name in text
    assert "申请人（6）" in text


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ((), "本协议一式叁份，当事人、人民调解委员会各持一份。"),
        (("龙游县人民法院",), "本协议一式肆份，当事人各持一份，人民调解委员会存档一份，龙游县人民法院一份。"),
        (("法院", "派出所"), "本协议一式伍份，当事人各持一份，人民调解委员会存档一份，法院、派出所各一份。"),
    ],
)
def test_copies_are_parties_and_committee_and_whoever_else_is_named(form, case, others, sentence):
    dossier = case(1)
    agreement = replace(dossier.agreement, extra_copies=others)
    assert sentence in printed(compose(form, about(replace(dossier, agreements=(agreement,)))))


def signers(paper):
    return [
        line.text
        for block in paper.blocks
        if isinstance(block, Signatures)
        for row in block.rows
        for place in row
        for line in place.lines
        if line.pen
    ]


def test_guardian_agent_and_representative_sign_for_their_party(form, case):
    assert signers(compose(form, about(case(3)))) == [
        "法定代理人　祝彩芬",
        "祝国良",
        "委托代理人　徐军",
        "章敏",
    ]
    assert signers(compose(form, about(case(2)))) == [
        "申请人（1）　石光贵", "申请人（2）　杨文成", "申请人（3）　杨小英", "代表人　徐建明",
        "周正明", "方丽芬", "叶晓",
    ]  # fmt: skip


def test_an_agent_with_a_general_power_does_not_sign_for_the_party(form, case):
    dossier = case(3)
    minor, elder = dossier.parties
    general = replace(elder, agents=(replace(elder.agents[0], power=AgentPower.GENERAL),))
    paper = compose(form, about(replace(dossier, parties=(minor, general))))
    assert "被申请人　徐长林" in signers(paper)
    assert "一般授权" in printed(paper)


def test_every_instalment_tells_which_obligation_it_belongs_to(form, case):
    (table,) = [block for block in compose(form, about(case(2))).blocks if isinstance(block, Table)]
    numbers = [row[0] for row in table.rows]
    assert numbers[:6] == ["1", "1-1", "1-2", "1-3", "1-4", "2"]
    assert all(cell for row in table.rows for cell in row)


def test_the_notice_of_effect_and_courts_can_be_switched_off(form, case):
    assert "三十日内，共同向有管辖权的人民法院申请司法确认" in printed(compose(form, about(case(1))))
    assert "司法确认" not in printed(compose(form, about(case(1)), switches={"effect_notice": False}))


def test_facts_not_yet_written_leave_ruled_lines_for_the_pen(form, case):
    dossier = case(1)
    agreement = replace(dossier.agreement, facts="")
    blocks = compose(form, about(replace(dossier, agreements=(agreement,)))).blocks
    (place,) = [n for n, b in enumerate(blocks) if isinstance(b, Line) and b.text.startswith("纠纷主要事实")]
    lines = blocks[place + 1 : place + 6]
    assert all(
        isinstance(b, FieldLine) and [(c.label, c.value) for c in b.cells] == [("", "")] for b in lines
    )


def test_instalments_are_listed_in_figures_and_capitals(form, case):
    text = printed(compose(form, about(case(2))))
    assert "支付人民币15,250.50元（大写：人民币壹万伍仟贰佰伍拾元零伍角），分4期支付" in text
    assert "第4期：人民币2,250.50元（大写：人民币贰仟贰佰伍拾元零伍角）" in text
    assert text.count("2026年10月15日前") == 3


def test_invisible_and_control_characters_never_reach_the_paper(form, case):
    dossier = case(1)
    agreement = replace(dossier.agreement, facts="甲\x0b乙\u200b\u2066\ufffe\uffff丙\U000e0100丁\n\n第二段")
    paper = compose(form, about(replace(dossier, agreements=(agreement,))))
    assert [b.text for b in paper.blocks if isinstance(b, Paragraph)][:2] == ["甲乙丙丁", "第二段"]
