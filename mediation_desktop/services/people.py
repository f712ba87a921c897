"""人员: the register of people, households and organisations, shared by all disputes."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import people, records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.identity import masked
from mediation_desktop.domain.people import Match, Sought
from mediation_desktop.domain.records import DisputeState, Mediator, Person, PersonKind
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save
from mediation_desktop.services.queries import title
from mediation_desktop.storage.idlist import IdList
from mediation_desktop.storage.reader import Reader

_SUGGESTED = 8


# Looking up


class PersonLine(Struct, frozen=True):
    """One entry as lists show it; ID number and phone are masked."""

    id: UUID
    kind: PersonKind
    name: str
    other_names: str
    number: str
    phone: str
    village: str
    address: str


def find_people(desk: Desk, *, text: str = "", kinds: Collection[PersonKind] = ()) -> IdList:
    """Return the ids of the entries that have every word of ``text``, newest first."""
    with desk.office_file.read() as reader:
        return reader.people_ids(text=text, kinds=kinds)


def people_lines(desk: Desk, person_ids: Sequence[UUID]) -> tuple[PersonLine, ...]:
    """Return these entries in the order given, at most a few thousand; one that is gone is left out."""
    with desk.office_file.read() as reader:
        found = reader.people_of(person_ids)
    return tuple(line_of(found[one]) for one in person_ids if one in found)


def line_of(person: Person) -> PersonLine:
    """Return an entry as lists show it."""
    return PersonLine(
        id=person.id,
        kind=person.kind,
        name=person.name,
        other_names="、".join(person.other_names),
        number=masked(people.number_of(person)),
        phone=masked(person.phone),
        village=person.village,
        address=person.address,
    )


def suggestions(desk: Desk, text: str) -> tuple[PersonLine, ...]:
    """Return a few entries whose name or ID number begins with what is being typed."""
    with desk.office_file.read() as reader:
        return tuple(line_of(person) for person in reader.people_beginning(text, _SUGGESTED))


def likely(desk: Desk, sought: Sought) -> tuple[Match, ...]:
    """Return the entries that may be somebody; which of them it is, the user says."""
    with desk.office_file.read() as reader:
        return _likely(reader, sought)


def _likely(reader: Reader, sought: Sought, *, but: UUID | None = None) -> tuple[Match, ...]:
    names, numbers = ([sought.name] if sought.name else []), ([sought.number] if sought.number else [])
    found = people.matches(sought, reader.people_alike(names, numbers))
    return tuple(match for match in found if match.person.id != but)


class Activity(Struct, frozen=True):
    """What somebody was in a dispute. ``sure`` is false where only the name speaks for it."""

    dispute_id: UUID
    number: str
    title: str
    type_name: str
    state: DisputeState
    registered_on: date
    role: str
    sure: bool


def _activities(desk: Desk, reader: Reader, person: Person, but: UUID | None = None) -> tuple[Activity, ...]:
    names = (person.name, *person.other_names)
    number = people.number_of(person)
    parties = reader.parties_naming(person.id, [word for word in (*names, number) if word])
    standings = [one for party in parties for one in people.standings(party)]
    standings += [people.guest_standing(guest) for guest in reader.guests_named(names)]
    roles = [
        (one, same) for one in standings if one.dispute_id != but and (same := people.sameness(person, one))
    ]
    rows = reader.dispute_rows_of({one.dispute_id for one, _same in roles})
    found = dict.fromkeys(
        Activity(
            dispute_id=one.dispute_id,
            number=(row := rows[one.dispute_id]).number,
            title=title(row),
            type_name=desk.codes.dispute_types.name(row.type_code),
            state=row.state,
            registered_on=row.registered_on,
            role=one.role,
            sure=same is people.Sameness.SURE,
        )
        for one, same in roles
    )
    return tuple(sorted(found, key=lambda one: (one.registered_on, one.number), reverse=True))


class Taken(Struct, frozen=True):
    """Somebody taken from the register into a dispute. ``household`` says that it stands for all of one."""

    person: Person
    household: bool
    disputes: tuple[Activity, ...]


def take(desk: Desk, person_id: UUID, *, but: UUID | None = None) -> Taken | None:
    """Return an entry ready to become a party, with its other disputes; ``None`` when it is gone.

    Of a household its head is taken.

    Raises:
        UserError: the household has no head.
    """
    with desk.office_file.read() as reader:
        person = reader.people_of([person_id]).get(person_id)
        if person is None:
            return None
        household = person.kind is PersonKind.HOUSEHOLD
        if household:
            head = people.head_of(person, reader.find(Person, household_id=person.id))
            if head is None:
                raise UserError("这一户还没有写明户主。", "请先在人员页面选定户主，或者直接选这户的某个人。")
            person = head
        return Taken(person, household, _activities(desk, reader, person, but))


class TieLine(Struct, frozen=True):
    """A tie with the mediator's name and its kind in words."""

    tie: records.Tie
    mediator: str
    kind: str


class PersonView(Struct, frozen=True, kw_only=True):
    """One entry with everything that hangs on it.

    ``members`` are those of the household, the entry's own or the one it belongs to; ``kin`` are the
    disputes of the other members by name; ``mediators`` are all in office.
    """

    person: Person
    household: Person | None
    members: tuple[Person, ...]
    activities: tuple[Activity, ...]
    kin: tuple[tuple[str, Activity], ...]
    ties: tuple[TieLine, ...]
    mediators: tuple[Mediator, ...]
    alike: tuple[Match, ...]


def person_view(desk: Desk, person_id: UUID) -> PersonView | None:
    """Return an entry with its household, disputes, ties and likely doubles; ``None`` when it is gone."""
    with desk.office_file.read() as reader:
        person = reader.people_of([person_id]).get(person_id)
        if person is None:
            return None
        home = person.id if person.kind is PersonKind.HOUSEHOLD else person.household_id
        members = reader.find(Person, household_id=home) if home else ()
        mediators = reader.find(Mediator)
        names = {mediator.id: mediator.name for mediator in mediators}
        village = people.place_of(person.address, person.village).village
        return PersonView(
            person=person,
            household=reader.get(Person, home) if home else None,
            members=members,
            activities=_activities(desk, reader, person),
            kin=tuple(
                (member.name, activity)
                for member in members
                if member.id != person.id
                for activity in _activities(desk, reader, member)
            ),
            ties=tuple(
                TieLine(tie, names[tie.mediator_id], desk.codes.tie_kinds.name(tie.kind))
                for tie in reader.find(records.Tie, person_id=person.id)
            ),
            mediators=tuple(mediator for mediator in mediators if mediator.active),
            alike=_likely(reader, Sought(person.name, people.number_of(person), village), but=person.id),
        )


# Keeping


def save_person(desk: Desk, person: Person) -> Change:
    """Keep a new or edited person, household or organisation.

    Raises:
        UserError: it has no name.
    """
    if not person.name.strip():
        raise UserError("还没有填写姓名或名称。", "请填写后再保存。")
    with desk.office_file.change(desk.actor, "保存人员") as work:
        save(work, person)
        return changed(work, record_id=person.id)


def found_household(desk: Desk, head: Person) -> Change:
    """Make a household of one, with its head."""
    with desk.office_file.change(desk.actor, "建户") as work:
        home = Person(
            id=desk.new_id(),
            kind=PersonKind.HOUSEHOLD,
            name=f"{head.name}户",
            village=head.village,
            address=head.address,
            phone=head.phone,
        )
        work.add(people.headed_by(home, head))
        work.update(replace(head, household_id=home.id))
        return changed(work, record_id=home.id)


def join_household(desk: Desk, person_id: UUID, household_id: UUID) -> Change:
    """Put a person into a household, out of any other.

    Raises:
        UserError: it is no human being.
    """
    with desk.office_file.change(desk.actor, "加入户") as work:
        person = work.get(Person, person_id)
        if person.kind is not PersonKind.PERSON:
            raise UserError("只有个人可以作为户的成员。", "请选择一个人。")
        _leave(work, person)
        work.update(replace(person, household_id=household_id))
        return changed(work, record_id=person_id)


def leave_household(desk: Desk, person_id: UUID) -> Change:
    """Take a person out of its household."""
    with desk.office_file.change(desk.actor, "移出户") as work:
        person = work.get(Person, person_id)
        _leave(work, person)
        work.update(replace(person, household_id=None))
        return changed(work, record_id=person_id)


def _leave(work: Reader, person: Person) -> None:
    """Refuse to take away the head while others stay.

    Raises:
        UserError: it is the head of a household of several.
    """
    if person.household_id is None:
        return
    home, members = work.get(Person, person.household_id), work.find(Person, household_id=person.household_id)
    head = people.head_of(home, members)
    if head and head.id == person.id and len(members) > 1:
        raise UserError("这个人是户主。", "请先把这一户的户主改成别人，再移出。")


def name_head(desk: Desk, person_id: UUID) -> Change:
    """Make a person the head of the household it belongs to."""
    with desk.office_file.change(desk.actor, "选定户主") as work:
        person = work.get(Person, person_id)
        if person.household_id:
            work.update(people.headed_by(work.get(Person, person.household_id), person))
        return changed(work, record_id=person_id)


def merge(desk: Desk, kept_id: UUID, gone_id: UUID) -> Change:
    """Make one entry of two that the user knows to be the same; parties, ties and members follow.

    Raises:
        UserError: one is a household or organisation and the other is not.
    """
    with desk.office_file.change(desk.actor, "合并人员") as work:
        kept, gone = work.get(Person, kept_id), work.get(Person, gone_id)
        if kept.kind is not gone.kind:
            raise UserError("两条记录不是同一类（个人、单位、户）。", "请核对后再合并。")
        work.update(people.merged(kept, gone))
        for party in work.find(records.Party, person_id=gone_id):
            work.update(replace(party, person_id=kept_id))
        for tie in work.find(records.Tie, person_id=gone_id):
            work.update(replace(tie, person_id=kept_id))
        for mediator in work.find(Mediator, person_id=gone_id):
            work.update(replace(mediator, person_id=kept_id))
        for member in work.find(Person, household_id=gone_id):
            work.update(replace(member, household_id=kept_id))
        work.remove(gone, f"与“{kept.name}”是同一条，已合并")
        return changed(work, record_id=kept_id)


def save_tie(desk: Desk, tie: records.Tie) -> Change:
    """Note why a mediator should not mediate for somebody."""
    desk.codes.tie_kinds.name(tie.kind)
    with desk.office_file.change(desk.actor, "登记调解员关系") as work:
        save(work, tie)
        return changed(work, record_id=tie.person_id)


def remove_tie(desk: Desk, tie: records.Tie) -> Change:
    """Take back a tie that does not hold."""
    with desk.office_file.change(desk.actor, "取消调解员关系") as work:
        work.remove(tie, "登记有误或者已不存在")
        return changed(work, record_id=tie.person_id)


def say_who_is(desk: Desk, mediator: Mediator, person_id: UUID | None) -> Change:
    """Note which entry of the register a mediator is, or that it is none."""
    with desk.office_file.change(desk.actor, "对上调解员本人") as work:
        work.update(replace(mediator, person_id=person_id))
        return changed(work, record_id=mediator.id)
