"""Every shipped form: its sample prints whole, alike in both files, and not one word unapproved."""

import io
import re
import shutil
from pathlib import Path

import docx
import pytest
from desks import about
from docx.oxml.ns import qn
from form_samples import FORMS, sample_matter, shipped
from helpers import NINE_O_CLOCK
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose, copies_of, missing_fields
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet, missing_characters
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.page import FieldLine
from mediation_desktop.documents.pdf import write_pdf
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.officepapers import OFFICE_PAPERS
from mediation_desktop.domain.papers import PAPERS, subject_of
from mediation_desktop.system.paths import forms_folder

GOLDEN = Path(__file__).parents[1] / "golden"
OTHERS = [name for name in FORMS if name != "agreement"]


def words(paper):
    return "\n".join(text for text, _ in paper.texts() if text)


def bare(text):
    return re.sub(r"\s", "", text)


@pytest.fixture
def noticed(case):
    """Give a dispute of eight parties with a session to come, and that session."""
    dossier = case(4)
    coming = replace(dossier.sessions[0], state=records.SessionState.PLANNED)
    return about(replace(dossier, sessions=(coming,)), coming)


def test_every_form_is_a_paper_that_the_program_offers_and_the_other_way_round():
    assert {kind.form for kind in (*PAPERS, *OFFICE_PAPERS)} == set(FORMS)


@pytest.mark.parametrize("name", OTHERS)
def test_the_words_of_every_sample_are_as_they_were_approved(name, new_id):
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert words(compose(shipped(name), sample_matter(name, new_id))) + "\n" == golden


@pytest.mark.parametrize("name", FORMS)
def test_the_sample_fills_every_required_field_and_every_character_prints(name, new_id, fonts):
    form, matter = shipped(name), sample_matter(name, new_id)
    assert missing_fields(form, matter) == ()
    assert missing_characters(compose(form, matter), fonts) == ()


@pytest.mark.parametrize("name", OTHERS)
def test_pdf_and_docx_of_every_form_say_the_same(name, new_id, fonts, clock, outsider):
    paper = compose(shipped(name), sample_matter(name, new_id))
    footer = re.compile(r"^第\d+页 +共\d+页$", re.MULTILINE)
    pages = outsider.pages(write_pdf(paper, fonts, now=clock.now()).data)
    body = docx.Document(io.BytesIO(write_docx(paper, now=clock.now()))).element.body
    in_docx = "".join(node.text for node in body.iter(qn("w:t")))
    expected = bare("".join(text for text, _ in paper.texts()))
    assert bare("".join(footer.sub("", page) for page in pages)) == expected
    assert bare(in_docx) == expected


@pytest.mark.parametrize("name", OTHERS)
def test_the_default_layout_never_passes_for_the_ministrys(name):
    assert "默认值" in shipped(name).file.basis


def test_every_party_gets_a_notice_of_its_own_on_one_page(noticed, fonts, clock, outsider):
    paper = compose(shipped("session_notice"), noticed)
    pages = outsider.pages(write_pdf(paper, fonts, now=clock.now()).data)
    parties = noticed.dossier.parties
    assert len(pages) == len(parties) == 8
    for page, party in zip(pages, parties, strict=True):
        assert f"{party.name}：" in page
        assert re.search(r"第1页 +共1页$", page.strip())
        assert "2026年4月10日（星期五）上午9时" in page
        assert "拒绝调解" in page


def test_the_docx_of_notices_has_a_page_and_a_count_for_every_party(noticed, clock, outsider):
    data = write_docx(compose(shipped("session_notice"), noticed), now=clock.now())
    assert outsider.office_pages(data) == 8
    body = docx.Document(io.BytesIO(data)).element.body
    assert [one.get(qn("w:start")) for one in body.iter(qn("w:pgNumType"))] == ["1"] * 8


def test_a_notice_says_who_stands_on_the_other_side(noticed):
    text = words(compose(shipped("session_notice"), noticed))
    assert "您与邱岩山、龙游县庙下乡浙源里村经济合作社的山林土地纠纷" in text
    assert "贵单位与赖有土等7方的山林土地纠纷" in text


def test_rights_duties_and_privacy_are_told_and_everybody_signs(case):
    text = words(compose(shipped("rights_notice"), about(case(4))))
    for told in (
        "选择或者接受人民调解员",
        "接受调解、拒绝调解或者要求终止调解",
        "要求调解公开进行或者不公开进行",
        "自主表达意愿、自愿达成调解协议",
        "如实陈述纠纷事实",
        "遵守调解现场秩序，尊重人民调解员",
        "尊重对方当事人行使权利",
        "未经允许不向无关人员提供",
    ):
        assert told in text
    assert text.count("当事人（签名或按指印）：") == 8
    assert text.count("□同意处理敏感个人信息") == 7


def test_a_guardian_consents_for_a_minor(case):
    text = words(compose(shipped("rights_notice"), about(case(3))))
    assert "法定代理人　祝彩芬\n□同意处理敏感个人信息\n（监护人签名）" in text


def test_reason_organ_and_routes_are_told_when_a_dispute_is_not_taken(case):
    dossier = case(8)
    text = words(compose(shipped("not_accepted"), about(dossier, dossier.outcomes[0])))
    assert "已由劳动人事争议仲裁委员会受理。" in text
    assert "有权处理的机关：县劳动人事争议仲裁委员会。" in text
    assert "2．对仲裁裁决不服可依法起诉。" in text
    assert "收到人（签名或按指印）：\n吴春生" in text
    assert copies_of(shipped("not_accepted"), about(dossier, dossier.outcomes[0])) == 2


def test_an_end_of_mediation_names_the_law_the_reason_and_the_routes(case):
    dossier = case(6)
    matter = about(dossier, dossier.outcomes[0])
    text = words(compose(shipped("termination"), matter))
    assert "《中华人民共和国人民调解法》第二十六条" in text
    assert "终止原因：当事人一方明确拒绝继续调解。" in text
    assert "1．向人民法院起诉。" in text
    assert copies_of(shipped("termination"), matter) == 3


def record_of(dossier, session):
    return words(compose(shipped("mediation_record"), about(dossier, session)))


def test_a_record_keeps_parties_and_invited_people_apart(case):
    dossier = case(3)
    text = record_of(dossier, dossier.sessions[0])
    assert "当事人\n方子睿（法定代理人祝彩芬）、徐长林（委托代理人徐军）" in text
    assert "参加人\n胡警官（詹家镇交警中队民警）" in text
    assert "约定下次调解时间：2026年6月2日。" in text
    assert "2026年5月26日 14:00，书面告知，告知人：祝国良" in text


def test_who_did_not_come_is_named_and_does_not_sign_the_record(case):
    dossier = case(3)
    elder = dossier.parties[1]
    session = replace(dossier.sessions[0], absences=(records.Absence(party_id=elder.id, reason="住院"),))
    text = record_of(dossier, session)
    assert "当事人\n方子睿（法定代理人祝彩芬）\n" in text
    assert "未到场\n徐长林（住院）" in text
    assert "被申请人　徐长林" not in text


def test_a_record_says_where_its_words_end(case):
    dossier = case(1)
    assert "达成协议。\n（以下空白）" in record_of(dossier, dossier.sessions[0])


def test_a_record_by_hand_is_pointed_at_and_one_to_be_written_has_lines(case):
    dossier = case(1)
    session = replace(dossier.sessions[0], lines=())
    by_hand = record_of(dossier, replace(session, sheets=3))
    assert "手写记录共3张，附后" in by_hand
    paper = compose(shipped("mediation_record"), about(dossier, session))
    lines = [block for block in paper.blocks if isinstance(block, FieldLine) and not block.cells[0].label]
    assert len(lines) == 8


def test_a_longer_time_agreed_upon_is_written_into_that_days_record(case, new_id):
    dossier = case(3)
    session = dossier.sessions[0]
    longer = records.Extension(
        id=new_id(),
        dispute_id=dossier.dispute.id,
        agreed_on=session.starts_at.date(),
        until_on=session.starts_at.date().replace(month=7),
    )
    dossier = replace(dossier, extensions=(longer,))
    assert "各方同意调解期限延长至2026年7月26日。" in record_of(dossier, session)
    assert "延长" not in record_of(dossier, dossier.sessions[1])


def test_the_registration_form_knows_two_sources(case):
    told = {number: words(compose(shipped("registration"), about(case(number)))) for number in (1, 2)}
    assert "案件来源\n人民调解委员会主动调解" in told[1]
    assert "案件来源\n当事人申请" in told[2]  # handed on by the police


@pytest.fixture
def ended(case, crowd):
    """Give a dispute of any number of parties that was mediated once and ended."""

    def end(count):
        dossier = crowd(count)
        said = (records.RecordLine(speaker_id=None, said="请各方先说，再看票据。"),)
        session = replace(dossier.sessions[0], lines=said)
        return replace(dossier, sessions=(session,), outcomes=case(6).outcomes)

    return end


@pytest.mark.parametrize("count", [2, 3, 5, 8, 14])
@pytest.mark.parametrize("name", ["rights_notice", "termination", "mediation_record", "registration"])
def test_no_page_of_any_form_holds_signatures_without_text(name, count, ended, outsider):
    dossier = ended(count)
    paper = compose(shipped(name), about(dossier, subject_of(dossier, name)))
    signing = re.compile(r"（签名[^）]*）：")
    for page in outsider.pages(write_pdf(paper, FontSet.bundled(), now=NINE_O_CLOCK).data):
        above = [line for line in signing.split(page)[0].splitlines() if line.strip()]
        assert not signing.search(page) or len(above) >= 2, page


@pytest.mark.parametrize("name", ["session_notice", "termination", "investigation_record", "followup"])
def test_a_form_without_what_it_is_about_is_refused_with_the_remedy(name, case):
    with pytest.raises(UserError) as caught:
        compose(shipped(name), about(case(7)))
    assert caught.value.advice


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rights_notice", 'when = ["switch.read_aloud"]', 'when = ["switch.read_loud"]'),
        ("session_notice", 'about = "session"', 'about = "sessions"'),
        ("session_notice", 'per = "parties"', 'per = "party"'),
        ("session_notice", "{session.place}", "{outcome.reason}"),
        ("termination", 'copies_for = ["parties"]', 'copies_for = ["party"]'),
        ("termination", "{party.name}（盖章）", "{party.nickname}（盖章）"),
        ("mediation_record", 'each = "lines"', 'each = "routes"'),
    ],
)
def test_a_name_unknown_at_its_place_is_refused_even_where_nothing_is_printed(
    name, old, new, tmp_path, noticed
):
    shutil.copytree(forms_folder() / name, tmp_path / name)
    path = tmp_path / name / "form.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match="不认识"):
        compose(load_form(name, [tmp_path]), noticed)


def test_private_notes_are_on_no_paper(case, new_id):
    dossier = case(3)
    hidden = "只给自己看的话"
    session = dossier.sessions[0]
    note = records.PrivateNote(
        id=new_id(),
        dispute_id=dossier.dispute.id,
        session_id=session.id,
        on=session.starts_at.date(),
        by="祝国良",
        text=hidden,
    )
    paper = compose(shipped("mediation_record"), about(replace(dossier, private_notes=(note,)), session))
    assert hidden not in words(paper)
