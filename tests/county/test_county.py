"""The demonstration county enrols an office, and opens and verifies what it sends."""

import pytest
from carrying import DAY, new_ends

from mediation_desktop.county import demo, reader
from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.activation import read_activation
from mediation_desktop.exchange.bundle import BundleRefused, Reason, write_bundle
from mediation_desktop.system.problems import EnvironmentProblem


@pytest.fixture
def county(tmp_path, clock):
    folder = tmp_path / "county"
    folder.mkdir()
    return demo.make_demo_county(folder, office_code="XT-0101", office_name="溪头村", now=clock.now())


@pytest.fixture
def sent(county, tmp_path, clock):
    """A bundle of an office that has only the activation pack, and the office's keys."""
    ends = new_ends()
    pack = read_activation(county.activation, clock.now().date())
    content = ends.content()
    path = tmp_path / content.header.file_name
    write_bundle(path, content, ends.office, [each.public_key for each in pack.recipients])
    return path, ends.office


def admit(county, office):
    demo.admit(
        county.trust,
        office_code="XT-0101",
        office_name="溪头村",
        public_key=office.signing_public,
        on=DAY,
    )


def test_an_office_is_admitted_once_and_then_opened_without_questions(county, sent, tmp_path):
    path, office = sent
    with pytest.raises(BundleRefused) as refused:
        reader.verify(path, county.trust)
    assert refused.value.reason is Reason.UNKNOWN_SIGNER
    admit(county, office)
    assert reader.verify(path, county.trust).bundle.signer.fingerprint == office.fingerprint
    outcome = reader.open_to(path, county.trust, county.identity, tmp_path / "out")
    assert (outcome.revisions, len(outcome.files)) == (2, 2)
    assert all(file.is_file() for file in outcome.files)


def test_the_result_is_said_in_words(county, sent, tmp_path):
    path, office = sent
    admit(county, office)
    verified = reader.verify(path, county.trust).lines()
    opened = reader.open_to(path, county.trust, county.identity, tmp_path / "out").lines()
    assert any("第7号" in each for each in verified)
    assert any(office.fingerprint in each for each in verified)
    assert opened[: len(verified)] == verified
    assert "记录 2 条，文件 2 个。" in opened


def test_a_missing_or_wrong_identity_is_told(county, sent, tmp_path):
    path, office = sent
    admit(county, office)
    with pytest.raises(EnvironmentProblem):
        reader.open_to(path, county.trust, tmp_path / "gone.txt", tmp_path / "out")
    with pytest.raises(UserError, match="密钥文件"):
        reader.open_to(path, county.trust, county.trust, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_county_cannot_be_made_where_one_may_not_write(tmp_path, clock):
    with pytest.raises(EnvironmentProblem):
        demo.make_demo_county(tmp_path / "gone", office_code="A", office_name="甲", now=clock.now())
