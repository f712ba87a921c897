"""Three hundred people in households, with mediators among them and every kind of tie planted on purpose.

Names repeat, as they do in villages; numbers do not.  ``planted`` holds each mediator, person and kind of
conflict that stands between them, and nothing stands between any others.
"""

import random
from datetime import date, timedelta

from builders import party
from msgspec.structs import replace
from stdnum.iso7064 import mod_11_2

from mediation_desktop.domain import people, records
from mediation_desktop.domain.conflict import ConflictKind
from mediation_desktop.domain.records import Person, PersonKind

SURNAMES, GIVEN = "张王李赵陈", "福根木水秀英建国小平"
MEDIATORS = ("汪承平", "周正明")
EVERYONE = 300
_SIZE = 3


class BigVillage:
    """Fills an office and keeps what was planted."""

    def __init__(self, desk, village, seed=20260619):
        self.desk, self._village = desk, village
        self._random = random.Random(seed)  # noqa: S311 - the same village every time
        self.people: list[Person] = []
        self.planted: set[tuple[str, object, ConflictKind]] = set()
        with desk.office_file.change("汪承平", "造村") as work:
            households = [self._household(work, home) for home in range(EVERYONE // _SIZE)]
        strangers = [one for members in households[10:] for one in members]
        self._random.shuffle(strangers)
        for at, name in enumerate(MEDIATORS):
            self._plant(name, households[at], households[at + 5], strangers[at * 10 :])

    def party_of(self, person, new_id):
        """Return a person as a party of a dispute that is not kept yet."""
        return replace(party(0), id=new_id(), dispute_id=new_id(), **people.as_party(person))

    def _household(self, work, home):
        """Make one household; each of the first ten has a lane of its own, the others share none."""
        village, lane = f"{'甲乙丙丁戊'[home % 5]}山村", f"{home}组"
        made = work.add(
            Person(id=self.desk.new_id(), kind=PersonKind.HOUSEHOLD, name=f"第{home}户", village=village)
        )
        members = []
        for _ in range(_SIZE):
            person = Person(
                id=self.desk.new_id(),
                name=self._random.choice(SURNAMES) + "".join(self._random.sample(GIVEN, 2)),
                id_number=self._number(len(self.people) + len(members)),
                village=village,
                address=f"龙游县东华街道{village}{lane}{home}号",
                household_id=made.id,
            )
            members.append(work.add(person))
        self.people += members
        return members

    def _number(self, at):
        born = date(1950, 1, 1) + timedelta(days=37 * at)
        number = f"330825{born:%Y%m%d}{at:03d}"
        return number + mod_11_2.calc_check_digit(number)

    def _plant(self, name, home, lane, strangers):
        """Make a mediator one of ``home`` and plant one conflict of each kind."""
        own, *family = home
        mediator_id = self._village.mediators[name]
        tied, opponent, ward, guardian_of = strangers[:4]
        neighbour = lane[0]
        with self.desk.office_file.change("汪承平", "安排") as work:
            mediator = work.get(records.Mediator, mediator_id)
            work.update(replace(mediator, person_id=own.id))
            kept = work.get(Person, neighbour.id)
            near = replace(kept, village=own.village, address=own.address.replace("号", "8号"))
            near = replace(near, household_id=None)
            work.update(near)
            self.people[self.people.index(neighbour)] = near
            work.add(
                records.Tie(id=self.desk.new_id(), mediator_id=mediator_id, person_id=tied.id, kind="debtor")
            )
        self._quarrel(own, opponent)
        self._quarrel(ward, guardian_of, guardian=records.Guardian(name=own.name, id_number=own.id_number))
        self.planted |= {
            (name, own.id, ConflictKind.SELF),
            (name, neighbour.id, ConflictKind.NEIGHBOUR),
            (name, tied.id, ConflictKind.TIE),
            *((name, one.id, ConflictKind.HOUSEHOLD) for one in family),
            *((name, one.id, ConflictKind.EARLIER) for one in (opponent, ward, guardian_of)),
        }

    def _quarrel(self, *two, guardian=None):
        dispute_id = self._village.dispute(*(one.name for one in two))
        with self.desk.office_file.change("汪承平", "认人") as work:
            for kept, person in zip(work.find(records.Party, dispute_id=dispute_id), two, strict=True):
                same = replace(kept, **people.as_party(person))
                work.update(replace(same, guardian=guardian) if person is two[0] else same)
