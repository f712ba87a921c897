"""A demonstration county: everything a county's end needs to try the exchange, made in one folder."""

from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from mediation_desktop.exchange.activation import ActivationPack, Recipient, write_activation
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.exchange.trust import Trust, read_trust, write_trust
from mediation_desktop.system import files, sealing

_NAME = "示范县社会治理中心"
_VALID_DAYS = 365


class DemoCounty(Struct, frozen=True):
    """Where the county's files lie.

    ``activation`` goes to the office; ``identity`` (age) opens what is sealed to the county; ``trust``
    lists the admitted signers; ``signing`` holds the county's own secret keys.
    """

    activation: Path
    identity: Path
    trust: Path
    signing: Path


def make_demo_county(folder: Path, *, office_code: str, office_name: str, now: datetime) -> DemoCounty:
    """Make a county's keys, an activation pack for one office and a trust file without signers yet.

    Raises:
        EnvironmentProblem: the machine refused.
    """
    county = DemoCounty(
        activation=folder / "demo-county.tjkeys",
        identity=folder / "demo-county.identity.txt",
        trust=folder / "demo-county.tjtrust",
        signing=folder / "demo-county.signing.json",
    )
    keys = new_device_keys()
    pack = ActivationPack(
        county=_NAME,
        office_code=office_code,
        office_name=office_name,
        recipients=(Recipient(id="county", name=_NAME, public_key=keys.sealing_public),),
        county_signers=(keys.signing_public,),
        serial=1,
        valid_until=now.date() + timedelta(days=_VALID_DAYS),
    )
    write_activation(county.activation, pack)
    files.write_file(county.identity, sealing.identity_file(keys.sealing_secret, now).encode())
    files.write_file(county.signing, keys.to_text().encode())
    write_trust(county.trust, Trust())
    return county


def admit(trust: Path, *, office_code: str, office_name: str, public_key: str, on: date) -> None:
    """Enter one PC of an office in a trust file, as a clerk does who compared its fingerprint.

    Raises:
        UserError: the trust file, the code or the key is malformed.
        EnvironmentProblem: the machine refused.
    """
    known = read_trust(trust)
    write_trust(
        trust, known.admitting(office_code=office_code, office_name=office_name, public_key=public_key, on=on)
    )
