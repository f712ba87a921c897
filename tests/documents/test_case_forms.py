"""What the papers of one dispute say, from the application to the dossier's back."""

from datetime import date, datetime

import pytest
from desks import about
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose, copies_of
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.page import Frame, Table
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import subject_of
from mediation_desktop.system.paths import forms_folder

FILED_WITHOUT_NUMBER = ("cover", "contents", "back")


def shipped(name):
    return load_form(name, [forms_folder()])


def words(paper):
    return "\n".join(text for text, _ in paper.texts() if text)


@pytest.fixture
def told(case):
    """Give the words of a form about a sample dispute, whose records may be changed first."""

    def tell(name, number, **changed):
        dossier = replace(case(number), **changed)
        return words(compose(shipped(name), about(dossier, subject_of(dossier, name))))

    return tell


def test_an_application_asks_for_no_identity_number_and_lists_what_is_asked(told, case):
    text = told("application", 7)
    assert not any(party.id_number in text for party in case(7).parties)
    assert "1、归还借款本金50,000元及利息；" in text
    assert "现自愿申请人民调解委员会进行调解。" in text
    assert text.count("申请人（签名盖章或按指印）：") == 1


def test_an_application_of_several_names_every_one_of_both_sides(told, case):
    text = told("application", 4)
    assert all(party.name in text for party in case(4).parties)


def test_the_list_of_evidence_tells_kind_provider_and_original(told, case):
    item = records.Evidence(
        id=case(1).dispute.id,
        dispute_id=case(1).dispute.id,
        kind="document",
        name="修补报价单",
        original=False,
        pages=2,
    )
    text = told("evidence", 1, evidence=(item,))
    assert "修补报价单\n书证\n调解员调取\n复印件\n2" in text
    assert "证据粘贴页" in text


def test_both_templates_of_the_joint_application_come_from_who_applies(told):
    people, unit = told("confirmation_application", 7), told("confirmation_application", 2)
    assert people.count("居民身份证号码") == 2
    assert "统一社会信用代码" not in people
    assert "龙游县人民法院" in people
    assert "统一社会信用代码" in unit
    assert "法定代表人（主要负责人）" in unit
    assert "＿＿＿＿＿＿＿＿人民法院" in unit
    assert people.count("申请人（签名或者盖章）：") == 2


def test_a_child_applies_through_its_guardian_and_an_agent_is_named(told):
    text = told("confirmation_application", 3)
    assert "法定代理人\n祝彩芬" in text
    assert "授权委托书（受委托人：徐军）" in text


def test_who_presides_signs_with_the_committees_seal_never_the_studios(told):
    text = told("presided_proof", 7)
    assert "由人民调解员余青松主持调解" in text
    assert text.endswith("龙游县龙洲街道人民调解委员会\n（人民调解委员会印章）\n　　　　年　　　月　　　日")
    assert "青松连工作室" not in text


def test_copies_of_identity_papers_say_what_they_are_for_on_every_place_to_paste(case):
    dossier = case(3)
    paper = compose(shipped("identity_copies"), about(dossier))
    frames = [block for block in paper.blocks if isinstance(block, Frame)]
    assert len(paper.parts) == len(dossier.parties)
    assert len(frames) == 6  # two for each party, and the guardian's
    assert all("仅供人民调解归档使用" in frame.text for frame in frames)
    assert "监护关系证明\n户口簿" in words(paper)


def test_the_list_of_property_confirms_no_ownership(told, case):
    accord = replace(case(4).agreement, co_owners="坎外竹林为两户共有，都已同意")
    text = told("property_list", 4, agreements=(accord,))
    assert "坎外竹林为两户共有，都已同意。" in text
    assert "不确认山林、土地、房屋等的所有权或者使用权" in text


def test_a_receipt_is_for_one_payment_in_figures_and_capitals(case):
    dossier = case(2)
    debtor, creditor = dossier.obligations[0].debtor_id, dossier.obligations[0].creditor_id
    paid = records.Payment(
        id=dossier.dispute.id,
        dispute_id=dossier.dispute.id,
        debtor_id=debtor,
        creditor_id=creditor,
        amount_fen=400_000,
        on=date(2026, 7, 15),
    )
    matter = about(replace(dossier, payments=(paid,)), paid)
    text = words(compose(shipped("payment_receipt"), matter))
    assert "人民币4,000.00元（大写：人民币肆仟元整）" in text
    assert f"收款人（签名并按指印）：\n{dossier.party(creditor).name}" in text
    assert copies_of(shipped("payment_receipt"), matter) == 2


def test_reading_aloud_is_confirmed_with_every_term_in_large_print(told, case):
    text = told("reading_confirmation", 1)
    assert all(term.text in text for term in case(1).agreement.terms)
    assert "逐条宣读，其表示听懂并同意。宣读人：" in text
    assert shipped("reading_confirmation").style.text["body"].size == 16


def test_the_closing_report_ticks_where_the_dispute_came_from(told, case):
    closing = records.Closing(
        id=case(2).dispute.id,
        dispute_id=case(2).dispute.id,
        on=date(2026, 9, 1),
        by="汪承平",
        result="调解成功",
    )
    text = told("closing_report", 2, closings=(closing,))
    assert "□申请　□主动　■公安移交　□审判机关委托　□政府指定" in text
    assert all(party.name in text for party in case(2).parties)


@pytest.mark.parametrize("name", FILED_WITHOUT_NUMBER)
def test_cover_contents_and_back_bear_no_page_number(name):
    assert shipped(name).file.footer == ""


def test_the_cover_is_made_of_what_is_known_and_keeps_the_order_of_the_form(told, case):
    text = told("cover", 1)
    labels = ("卷名", "年度", "卷号", "人民调解员", "调解日期", "立卷人", "立卷日期", "保管期限", "备注")
    places = [text.index(f"\n{each}\n") if f"\n{each}\n" in text else text.rindex(each) for each in labels]
    assert places == sorted(places)
    assert case(1).title in text


def test_contents_have_the_four_columns_of_the_ministry(case):
    paper = compose(shipped("contents"), about(case(1)))
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    assert table.heads == ("序号", "文书名称", "页号", "备注")
    assert len(table.rows) >= 18


def test_a_receipt_of_service_lists_the_papers_handed_to_that_party(case):
    dossier = case(6)
    end = dossier.outcomes[0]
    first = dossier.parties[0]
    given = records.IssuedPaper(
        id=dossier.dispute.id,
        dispute_id=dossier.dispute.id,
        subject_id=end.id,
        form="termination",
        form_version="1",
        printed_at=datetime(2026, 5, 30, 9),
        copies=3,
        pages=1,
        pdf_sha256="",
        docx_sha256="",
        deliveries=(records.Delivery(party_id=first.id, on=date(2026, 6, 1)),),
    )
    paper = compose(shipped("service_receipt"), about(replace(dossier, papers=(given,))))
    assert len(paper.parts) == len(dossier.parties)
    mine, other = (replace(paper, parts=(part,)) for part in paper.parts)
    assert "终止调解告知书\n1\n2026年6月1日" in words(mine)
    assert "终止调解告知书\n1\n" in words(other)
    assert "2026年6月1日" not in words(other)


@pytest.mark.parametrize("name", ["power_of_attorney", "payment_receipt", "closing_report"])
def test_a_paper_of_what_is_not_there_is_refused_with_the_remedy(name, case):
    with pytest.raises(UserError) as caught:
        compose(shipped(name), about(case(7)))
    assert caught.value.advice
