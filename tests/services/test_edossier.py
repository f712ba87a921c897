"""电子卷宗: one file in order, its contents right, nothing secret in it, what is missing told."""

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from desks import sample
from msgspec.structs import replace
from pictures import photo
from village import Village

from mediation_desktop.documents.archive import told_by
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import attachments, edossier, packs, papers, queries, taking_in
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.filing import save_contents
from mediation_desktop.services.history import told_history
from mediation_desktop.services.taking_in import Incoming
from mediation_desktop.system.paths import resource

MARK = "电子副本"


@pytest.fixture
def tree(desk, clock, new_id):
    """Give the dispute over a tree, settled in writing, with its cover and other papers of filing printed."""
    clock.advance(days=150)
    dispute_id = enter(desk, sample(1, new_id))
    packs.issue_pack(desk, dispute_id, packs.Pack.FILING)
    for form in ("followup", "mediation_record", "service_receipt"):
        papers.issue(desk, dispute_id, form)
    return dispute_id


def add(desk, dispute_id, subject_id, name, data, *, caption="", sheets=None):
    """Take a file in and attach it."""
    (stored,) = taking_in.take_in(desk, [Incoming(name, data=data)]).stored
    stored = replace(stored, caption=caption, sheets=sheets)
    attachments.attach(desk, dispute_id, subject_id, [stored])
    return stored


def paper_of(desk, dispute_id, form):
    return [one for one in queries.dossier(desk, dispute_id).papers if one.form == form][-1]


def made(desk, dispute_id, folder):
    saved = edossier.save(desk, dispute_id, folder / "卷宗.pdf")
    return saved, saved.path.read_bytes()


def text_of(path):
    """The text of every page as pdftotext reads it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def bookmarks(data):
    """The top bookmarks with the page of the file each leads to."""
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        places = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        return [(item.title, places[item.destination[0].objgen]) for item in outline.root]


def names(desk, dispute_id):
    return [item.name for item in edossier.view(desk, dispute_id).items]


def test_it_is_in_the_order_of_the_table_between_cover_and_back(desk, tree):
    forms = [item.form for item in edossier.view(desk, tree).items]
    inside = [form for part in desk.codes.dossier_parts.entries for form in part.forms]
    assert forms[0] == "cover"
    assert forms[-1] == "back"
    assert forms[1:-1] == sorted(forms[1:-1], key=inside.index)
    assert {"mediation_record", "agreement", "followup", "dossier_statement"} <= set(forms)


def test_a_county_may_put_it_into_another_order(desk, tree):
    own = desk.folder / "codes"
    own.mkdir(exist_ok=True)
    text = resource("codes", "dossier_parts.toml").read_text("utf-8")
    head, *entries = text.split("[[entry]]")
    (own / "dossier_parts.toml").write_text("[[entry]]".join([head, *entries[::-1]]), "utf-8")
    forms = [item.form for item in edossier.view(desk, tree).items]
    again = replace(desk, codes=load_codes((own,)))
    turned = [item.form for item in edossier.view(again, tree).items]
    assert turned.index("agreement") < turned.index("mediation_record")
    assert forms.index("agreement") > forms.index("mediation_record")


def test_every_page_is_marked_and_numbered_and_the_contents_say_where_each_item_begins(desk, tree, tmp_path):
    saved, data = made(desk, tree, tmp_path)
    pages = text_of(saved.path)
    assert len(pages) == saved.pages
    assert all(MARK in page for page in pages)
    (contents,) = [at for at, page in enumerate(pages) if "卷内目录\n" in page]
    body = pages[contents + 1 : -1]
    for number, page in enumerate(body, 1):
        assert f"卷内第{number}页 共{len(body)}页" in page
    listed = re.findall(r"^\d+ (\S+) (\d+) (\d+)$", pages[contents], re.MULTILINE)
    items = [item for item in edossier.view(desk, tree).items if item.numbered]
    assert [name for name, _, _ in listed] == [item.name for item in items]
    marked = dict(bookmarks(data))
    for name, first, count in listed:
        assert marked[name] == contents + int(first), name
        assert int(count) >= 1
    assert int(listed[-1][1]) + int(listed[-1][2]) - 1 == len(body)
    agreement = next(int(first) for name, first, _ in listed if name == "调解协议书")
    assert "人民调解协议书" in body[agreement - 1]
    assert bookmarks(data)[contents] == ("卷内目录", contents)


def test_the_scan_of_a_signed_original_stands_in_the_place_of_the_paper(desk, tree, tmp_path):
    paper = paper_of(desk, tree, "agreement")
    before, _ = made(desk, tree, tmp_path)
    assert any("人民调解协议书" in page for page in text_of(before.path))
    for page in range(paper.pages):
        add(
            desk,
            tree,
            paper.id,
            f"{page}.jpg",
            photo(900, 1300, (page, 200, 200)),
            caption=f"第{page + 1}页",
            sheets=1,
        )
    after, data = made(desk, tree, tmp_path)
    assert after.pages == before.pages
    assert not any("甲方：" in page and "人民调解协议书" in page for page in text_of(after.path))
    assert len(images(data)) == paper.pages


def images(data):
    """The bytes of every image and whether its page lies, in the order of pages."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for part in page.resources.get("/XObject", {}).values():
                if part.Subtype == "/Image":
                    width, height = (float(side) for side in page.mediabox[2:])
                    found.append((part.read_raw_bytes(), width > height))
    return found


def test_while_only_some_pages_are_scanned_the_paper_follows_and_is_told_of(desk, tree, tmp_path):
    paper = paper_of(desk, tree, "agreement")
    assert paper.pages > 1
    before, _ = made(desk, tree, tmp_path)
    add(desk, tree, paper.id, "1.jpg", photo(900, 1300), caption="第1页", sheets=1)
    after, _ = made(desk, tree, tmp_path)
    assert after.pages == before.pages + 1
    assert any("原件的图像不全" in told for told in edossier.view(desk, tree).lacking)


def test_photos_keep_their_bytes_and_how_they_lie_on_a4_with_margins(desk, tree, tmp_path):
    (evidence, *_) = queries.dossier(desk, tree).evidence
    kept = [
        add(desk, tree, evidence.id, "横.jpg", photo(1200, 900)),
        add(desk, tree, evidence.id, "竖.jpg", photo(900, 1200, (1, 2, 3))),
    ]
    saved, data = made(desk, tree, tmp_path)
    assert images(data) == [
        (attachments.read(desk, kept[0].sha256), True),
        (attachments.read(desk, kept[1].sha256), False),
    ]
    with pikepdf.open(BytesIO(data)) as pdf:
        sizes = {tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pdf.pages}
        assert sizes == {(210, 297), (297, 210)}
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "cm" and float(operands[0]) > 300:
                    x, y = float(operands[4]), float(operands[5])
                    assert min(x, y) > 14 * 72 / 25.4
                    assert x + float(operands[0]) < float(page.mediabox[2]) - 14 * 72 / 25.4
    assert saved.archival


def test_identical_content_gives_identical_bytes(desk, tree, tmp_path):
    evidence = queries.dossier(desk, tree).evidence[0]
    add(desk, tree, evidence.id, "照片.jpg", photo())
    _, first = made(desk, tree, tmp_path)
    _, second = made(desk, tree, tmp_path)
    assert first == second
    add(desk, tree, evidence.id, "再一张.jpg", photo(colour=(1, 1, 1)))
    assert made(desk, tree, tmp_path)[1] != first


def test_the_file_tells_that_it_is_ours_and_when_a_byte_was_changed(desk, tree, tmp_path):
    _, data = made(desk, tree, tmp_path)
    told = told_by(data)
    assert told.whole
    assert told.about.title.endswith("电子卷宗（电子副本）")
    place = len(data) // 2
    again = told_by(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    assert again is None or not again.whole


def test_nothing_secret_is_ever_inside(desk, tree, tmp_path, new_id):
    talk = records.SealedRecord(id=new_id(), dispute_id=tree, kind="private_talk", sealed="QUJD")
    note = records.PrivateNote(
        id=new_id(), dispute_id=tree, on=date(2026, 6, 19), by="汪承平", text="背靠背的秘密话"
    )
    with desk.office_file.change("汪承平", "登记") as work:
        for one in (talk, note):
            work.add(one)
    _, before = made(desk, tree, tmp_path)
    for subject in (talk, note):
        add(desk, tree, subject.id, "密.jpg", photo(colour=(9, 9, 9)), caption="不该出现的")
    saved, data = made(desk, tree, tmp_path)
    assert data == before
    assert not any("秘密话" in page or "不该出现的" in page for page in text_of(saved.path))


def test_what_is_missing_is_told_and_the_score_grows_as_it_comes(desk, tree):
    before = edossier.view(desk, tree)
    assert "没有当事人身份证明。" in before.lacking
    assert "没有签字盖章的调解协议书的图像。" in before.lacking
    assert 0 < before.score.percent < 100
    party = queries.dossier(desk, tree).parties[0]
    add(desk, tree, party.id, "身份证.jpg", photo())
    after = edossier.view(desk, tree)
    assert "没有当事人身份证明。" not in after.lacking
    points = desk.codes.dossier_points.entry("identity").points
    assert after.score.reached == before.score.reached + points
    assert f"{party.name}的身份证明" in names(desk, tree)


def test_points_are_the_offices_own_to_set(desk, tree):
    own = desk.folder / "codes"
    own.mkdir(exist_ok=True)
    (own / "dossier_points.toml").write_text(
        'title = "卷宗完整度"\nstatus = "默认值"\n'
        '[[entry]]\ncode = "a"\nname = "协议"\npoints = 3\nforms = ["agreement"]\n'
        '[[entry]]\ncode = "b"\nname = "不予受理"\npoints = 1\nforms = ["not_accepted"]\n',
        "utf-8",
    )
    score = edossier.view(replace(desk, codes=load_codes((own,))), tree).score
    assert (score.reached, score.possible, score.percent) == (3, 4, 75)
    assert "默认值" in load_codes().dossier_points.status


def test_a_recording_and_an_added_item_without_image_are_told_of(desk, tree, new_id):
    item = records.FiledItem(id=new_id(), dispute_id=tree, form="performance", name="汇款单", sheets=1)
    save_contents(desk, tree, (item,))
    evidence = queries.dossier(desk, tree).evidence[0]
    with desk.office_file.change("汪承平", "加入附件") as work:
        work.add(
            records.Attachment(
                id=new_id(), dispute_id=tree, subject_id=evidence.id, name="录音.mp3",
                media_type="audio/mpeg", sha256="0" * 64, size=1,
            )
        )  # fmt: skip
    lacking = edossier.view(desk, tree).lacking
    assert "“汇款单”还没有图像。" in lacking
    assert "“录音.mp3”不能印成页，请另行保存。" in lacking


def test_what_people_took_out_of_the_contents_is_not_put_in(desk, tree, new_id):
    followup = paper_of(desk, tree, "followup")
    item = records.FiledItem(
        id=new_id(), dispute_id=tree, form="followup", subject_id=followup.subject_id, name="", sheets=0
    )
    add(desk, tree, followup.subject_id, "回访.jpg", photo())
    assert any("回访" in name for name in names(desk, tree))
    save_contents(desk, tree, (item,))
    assert not any("回访" in name for name in names(desk, tree))


def foreign_pdf():
    """A PDF of some other program: a page with text in a face that is not embedded, and a script."""
    name = pikepdf.Name
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        face = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
        page.obj.Contents = pdf.make_stream(b"BT /F1 40 Tf 100 300 Td (BANK SLIP) Tj ET")
        script = pikepdf.Dictionary(S=name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        page.obj.AA = pikepdf.Dictionary(O=script)
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_a_pdf_from_elsewhere_is_put_in_without_what_it_may_do_and_claims_nothing(desk, tree, tmp_path):
    evidence = queries.dossier(desk, tree).evidence[0]
    assert b"pdfaid:part" in made(desk, tree, tmp_path)[1]
    add(desk, tree, evidence.id, "银行.pdf", foreign_pdf())
    saved, data = made(desk, tree, tmp_path)
    assert any("BANK SLIP" in page and MARK in page for page in text_of(saved.path))
    assert not saved.archival
    assert b"pdfaid:part" not in data
    assert b"JavaScript" not in data


def test_a_broken_file_is_left_out_and_named(desk, tree, tmp_path):
    evidence = queries.dossier(desk, tree).evidence[0]
    before, _ = made(desk, tree, tmp_path)
    add(desk, tree, evidence.id, "坏的.pdf", b"%PDF-1.7 nothing")
    gone = add(desk, tree, evidence.id, "丢的.jpg", photo())
    attachments.store(desk)._path(gone.sha256).unlink()
    after, _ = made(desk, tree, tmp_path)
    assert set(after.unreadable) == {"坏的.pdf", "丢的.jpg"}
    assert after.pages == before.pages


def test_it_is_noted_in_the_history_as_an_export_and_changes_no_record(desk, tree, tmp_path):
    with desk.office_file.read() as reader:
        before = reader.revisions(tree)
    saved, _ = made(desk, tree, tmp_path)
    change = told_history(desk, tree).changes[0]
    assert (change.actor, change.action) == (desk.actor, "导出电子卷宗")
    assert change.phrases == (f"导出电子卷宗（电子副本，共{saved.pages}页）",)
    assert saved.change.change_id is None
    with desk.office_file.read() as reader:
        assert reader.revisions(tree) == before


def test_stopping_leaves_the_old_file_whole_and_notes_nothing(desk, tree, tmp_path):
    target = tmp_path / "卷宗.pdf"
    target.write_bytes(b"old")
    lines = len(queries.history(desk, tree))

    class StoppedError(Exception):
        pass

    def stop(done, _all):
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        edossier.save(desk, tree, target, stop)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["卷宗.pdf"]
    assert len(queries.history(desk, tree)) == lines


def test_a_dispute_without_anything_to_show_says_what_to_do(desk, tmp_path):
    dispute_id = Village(desk).dispute("张福根", "李木水", accepted_on=date(2026, 6, 19))
    with pytest.raises(UserError) as raised:
        edossier.save(desk, dispute_id, tmp_path / "卷宗.pdf")
    assert "打印" in raised.value.advice
    assert list(tmp_path.glob("*.pdf")) == []
