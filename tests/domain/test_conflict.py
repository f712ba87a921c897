"""Every reason why a mediator should not mediate is found and said; nothing else is."""

from builders import COMMITTEE, party, uid

from mediation_desktop.domain import people, records
from mediation_desktop.domain.conflict import ConflictKind, Earlier, Known, conflicts
from mediation_desktop.domain.records import Person

OWN = Person(
    id=uid(1),
    name="汪承平",
    id_number="330825196001010011",
    address="鸡鸣村石塔巷1号",
    village="鸡鸣村",
    household_id=uid(7),
)
MEDIATOR = records.Mediator(id=uid(30), committee_id=COMMITTEE.id, name="汪承平", person_id=OWN.id)
NEAR = Person(id=uid(2), name="张福根", id_number="330825196205140010")


def _kinds(one, *others, ties=(), earlier=(), mediator=MEDIATOR):
    known = Known(people=(OWN, *others), ties=ties, earlier=earlier, tie_words={"kin": "亲属"})
    return [found.kind for found in conflicts(mediator, (one,), known)]


def test_a_stranger_is_no_conflict():
    assert _kinds(party(0, address="夏金村石塔巷1号"), NEAR) == []


def test_nobody_mediates_for_himself():
    assert _kinds(party(0, name="汪", id_number=OWN.id_number)) == [ConflictKind.SELF]


def test_an_agent_or_guardian_counts_as_the_party_does():
    agent = records.Agent(name="汪", id_number=OWN.id_number)
    assert _kinds(party(0, agents=(agent,))) == [ConflictKind.SELF]
    kin = records.Person(id=uid(3), name="汪小平", id_number="330825199001010011", household_id=uid(7))
    guardian = records.Guardian(name="汪小平", id_number=kin.id_number)
    assert _kinds(party(0, guardian=guardian), kin) == [ConflictKind.HOUSEHOLD]


def test_a_tie_counts_also_when_it_is_with_the_whole_household():
    near = records.Person(id=uid(2), name="张福根", id_number="330825196205140010", household_id=uid(8))
    for whom in (near.id, uid(8)):
        tie = records.Tie(id=uid(50), mediator_id=MEDIATOR.id, person_id=whom, kind="kin")
        assert _kinds(party(0), near, ties=(tie,)) == [ConflictKind.TIE]
    tie = records.Tie(id=uid(50), mediator_id=uid(31), person_id=near.id, kind="kin")
    assert _kinds(party(0), near, ties=(tie,)) == []


def test_an_earlier_dispute_with_or_against_a_party_counts():
    mine = party(1, dispute_id=uid(999), id_number=OWN.id_number, name=OWN.name)
    theirs = party(0, dispute_id=uid(999))
    both = (*people.standings(mine), *people.standings(theirs))
    assert _kinds(party(0), earlier=(Earlier(uid(999), "一号", both),)) == [ConflictKind.EARLIER]
    assert _kinds(party(0), earlier=(Earlier(uid(999), "一号", people.standings(theirs)),)) == []
    assert _kinds(party(2), earlier=(Earlier(uid(999), "一号", both),)) == []


def test_one_house_and_one_lane_are_hints():
    assert _kinds(party(0, address="东华街道鸡鸣村石塔巷1号")) == [ConflictKind.ADDRESS]
    assert _kinds(party(0, address="东华街道鸡鸣村石塔巷9号")) == [ConflictKind.NEIGHBOUR]
    known = Known(people=(OWN,))
    found = conflicts(MEDIATOR, (party(0, address="鸡鸣村石塔巷9号"),), known)
    assert not found[0].certain


def test_a_namesake_is_asked_about_only_where_no_number_tells_them_apart():
    assert _kinds(party(0, name="汪承平")) == []
    assert _kinds(party(0, name="汪承平", id_number="")) == [ConflictKind.NAMESAKE]
    unknown = records.Mediator(id=uid(31), committee_id=COMMITTEE.id, name="张福根")
    assert _kinds(party(0), mediator=unknown) == [ConflictKind.NAMESAKE]
