"""Who mediates: every planted conflict is found, no other is, and nobody is kept from mediating."""

import pytest
from big_village import EVERYONE, BigVillage
from village import Village

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import MediatorChoice
from mediation_desktop.services import queries
from mediation_desktop.services.mediators import conflicts_with, kept_reasons, name_mediators


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


def test_in_a_village_of_three_hundred_every_planted_conflict_is_found_and_no_other(desk, village, new_id):
    big = BigVillage(desk, village)
    assert len(big.people) == EVERYONE
    assert len({person.name for person in big.people}) < EVERYONE
    names = {one: name for name, one in village.mediators.items()}
    found = {
        (names[conflict.mediator_id], person.id, conflict.kind)
        for person in big.people
        for conflict in conflicts_with(desk, (big.party_of(person, new_id),))
    }
    assert found == big.planted


def test_parties_choose_a_mediator_or_the_committee_appoints(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    parties = queries.dossier(desk, dispute_id).parties
    one, two = village.mediators.values()
    name_mediators(desk, dispute_id, {one: [], two: [parties[0].id]}, {})
    dossier = queries.dossier(desk, dispute_id)
    assert [mediator.id for mediator in dossier.mediators] == [one, two]
    assert dossier.dispute.mediator_choices == (MediatorChoice(mediator_id=two, party_ids=(parties[0].id,)),)
    assert dossier.speaks_of(parties[0].id)


def test_why_a_mediator_stays_is_kept_once(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    one = village.mediators["汪承平"]
    for reason in ("双方都同意", "双方都同意", "双方书面同意"):
        name_mediators(desk, dispute_id, {one: []}, {one: reason})
    overrides = queries.dossier(desk, dispute_id).overrides
    assert kept_reasons(overrides) == {one: "双方书面同意"}
    assert [(kept.code, kept.by) for kept in overrides] == [("conflict", "汪承平")]


def test_nobody_at_all_cannot_mediate(desk, village):
    with pytest.raises(UserError, match="调解员"):
        name_mediators(desk, village.dispute("张福根"), {}, {})
