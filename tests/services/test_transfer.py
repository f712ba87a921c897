"""Sending records: what leaves, what never does, and that the outbox tells the truth."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from mediation_desktop.county.demo import admit
from mediation_desktop.county.reader import open_to
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.safety import CONFIDENTIAL
from mediation_desktop.domain.special import MandatoryReport
from mediation_desktop.exchange.bundle import WritingCancelled
from mediation_desktop.services import queries, special, transfer
from mediation_desktop.services.disputes import save_party
from mediation_desktop.services.outbox import outbox
from mediation_desktop.services.safety import check_minors
from mediation_desktop.system.clock import today
from mediation_desktop.system.problems import EnvironmentProblem


def _choice(sender, *dossiers, folder=None):
    return transfer.ExportChoice("county", folder or sender.stick, dossiers)


def _open(sender, bundle, into: Path):
    admit(
        sender.county.trust,
        office_code="LY0101",
        office_name="鸡鸣村调委会",
        public_key=sender.keys.signing_public,
        on=today(sender.desk.clock),
    )
    open_to(bundle, sender.county.trust, sender.county.identity, into)
    lines = (into / "bag" / "data" / "records.ndjson").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_everything_kept_arrives_once_and_in_order(sender, tmp_path):
    exported = transfer.export_bundle(sender.desk, _choice(sender))
    lines = _open(sender, exported.path, tmp_path / "in")
    assert [line["number"] for line in lines] == list(range(1, exported.records + 1))
    assert exported.disputes == 1
    dispute = [line for line in lines if line["kind"] == "dispute"][-1]["snapshot"]
    assert dispute["state"] == "performing"
    names = {line["snapshot"]["name"] for line in lines if line["kind"] == "party"}
    assert names == {"方子睿", "徐长林"}


def test_special_records_about_minors_are_in_no_bundle(sender, tmp_path):
    kept = queries.dossier(sender.desk, sender.dispute_id)
    assert kept.minor_checks
    lines = _open(sender, transfer.export_bundle(sender.desk, _choice(sender)).path, tmp_path / "in")
    assert "minor_check" not in {line["kind"] for line in lines}
    assert kept.minor_checks[0].result not in json.dumps(lines, ensure_ascii=False)


def test_sealed_records_are_in_no_bundle_and_nobody_is_called_confidential_there(sender, tmp_path):
    special.set_personal_password(sender.desk, "自己的密码123")
    report = MandatoryReport(told_at=datetime(2026, 7, 1, 9), unit="110", what="有伤", reporter="吴阿婆")
    special.keep_special(sender.desk, sender.dispute_id, report)
    check_minors(sender.desk, sender.dispute_id, ("wounds",), "汪承平")
    lines = _open(sender, transfer.export_bundle(sender.desk, _choice(sender)).path, tmp_path / "in")
    assert "sealed_record" not in {line["kind"] for line in lines}
    assert CONFIDENTIAL not in json.dumps(lines, ensure_ascii=False)


def test_papers_leave_only_on_request_with_a_purpose_that_is_logged(sender, tmp_path):
    plain = transfer.export_bundle(sender.desk, _choice(sender))
    _open(sender, plain.path, tmp_path / "plain")
    assert not (tmp_path / "plain" / "bag" / "data" / "documents").exists()

    with pytest.raises(UserError, match="用途"):
        transfer.export_bundle(sender.desk, _choice(sender, transfer.DossierRequest(sender.dispute_id, " ")))
    request = transfer.DossierRequest(sender.dispute_id, "司法确认")
    full = transfer.export_bundle(sender.desk, _choice(sender, request))
    _open(sender, full.path, tmp_path / "full")
    papers = sorted(path.suffix for path in (tmp_path / "full" / "bag" / "data" / "documents").iterdir())
    assert papers == [".docx", ".pdf"]
    newest = transfer.log(sender.desk)[0]
    assert (newest.purpose, newest.actor, newest.recipient_id) == ("司法确认", "汪承平", "county")


def test_a_lost_stick_heals_itself(sender, tmp_path):
    """Nothing counts as received before a receipt: the next export carries it all again."""
    lost = transfer.export_bundle(sender.desk, _choice(sender))
    lost.path.unlink()
    party = queries.dossier(sender.desk, sender.dispute_id).parties[0]
    save_party(sender.desk, party)
    again = transfer.export_bundle(sender.desk, _choice(sender))
    assert again.records == lost.records
    assert len(_open(sender, again.path, tmp_path / "in")) == lost.records


def test_the_last_bundles_stay_on_the_pc(sender):
    sent = [transfer.export_bundle(sender.desk, _choice(sender)).path for _ in range(7)]
    shelf = sorted(path.name for path in (sender.desk.folder / "bundles").iterdir())
    assert shelf == [path.name for path in sent[-5:]]
    assert (sender.desk.folder / "bundles" / sent[-1].name).read_bytes() == sent[-1].read_bytes()


def test_after_a_receipt_only_what_is_new_is_sent(sender):
    first = transfer.export_bundle(sender.desk, _choice(sender))
    with sender.desk.office_file.change("汪承平", "读入回执") as work:
        work.acknowledge("county", first.records)
    with pytest.raises(UserError, match="没有需要报送"):
        transfer.export_bundle(sender.desk, _choice(sender))
    assert outbox(sender.desk)[0].pending == 0


def test_a_vanished_stick_leaves_the_outbox_as_it_was(sender):
    before = outbox(sender.desk)
    with pytest.raises(EnvironmentProblem) as caught:
        transfer.export_bundle(sender.desk, _choice(sender, folder=sender.stick / "gone"))
    assert caught.value.advice
    assert outbox(sender.desk) == before
    assert transfer.log(sender.desk) == ()


def test_a_cancelled_export_leaves_the_outbox_and_the_stick_as_they_were(sender):
    with pytest.raises(WritingCancelled):
        transfer.export_bundle(sender.desk, _choice(sender), cancelled=lambda: True)
    assert transfer.log(sender.desk) == ()
    assert list(sender.stick.iterdir()) == []


def test_what_would_leave_is_said_in_one_sentence(sender):
    assert "1个纠纷，不含附件" in transfer.describe_export(sender.desk, _choice(sender))
    request = transfer.DossierRequest(sender.dispute_id, "司法确认")
    assert "附1个纠纷的文书" in transfer.describe_export(sender.desk, _choice(sender, request))


def test_without_an_activation_pack_there_is_nobody_to_send_to(desk, tmp_path):
    with pytest.raises(UserError, match="收件单位"):
        transfer.export_bundle(desk, transfer.ExportChoice("county", tmp_path))
