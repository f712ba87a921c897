"""Read a dispute file into records."""

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from mediation_desktop.domain import identity, records
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.casefiles import shape

R = TypeVar("R", bound=records.DisputeRecord)
D = TypeVar("D")

_MEDIATOR = "mediator"
_SPECIAL_POWER = "特别授权"


class Signing(Struct, frozen=True):
    """Who signed when, and when the committee's seal was put on; party ``None`` is the mediator."""

    signatures: tuple[records.Signature, ...]
    party_seals: tuple[records.Signature, ...]
    sealed_on: date | None


class CaseFile(Struct, frozen=True):
    """A dispute file as records, and what it says about signing (which only printing can make real)."""

    dossier: Dossier
    signing: Signing | None


def read_case(text: str, codes: CodeTables, new_id: Callable[[], UUID]) -> CaseFile:
    """Read a dispute file.

    Raises:
        UserError: broken TOML, a key of the wrong name or kind, a party id that no party has, or a word
            that the code tables do not know.
    """
    return _CaseReader(_parse(text), codes, new_id).read()


def _parse(text: str) -> shape.CaseShape:
    try:
        case = msgspec.convert(tomllib.loads(text), shape.CaseShape)
    except RecursionError as error:
        raise UserError("纠纷文件的括号套得太多。", "请按示例文件的写法改正后再试。") from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            f"纠纷文件不是正确的TOML格式（{_place(str(error))}）。", "请按示例文件的写法改正后再试。"
        ) from error
    except msgspec.ValidationError as error:
        raise UserError(
            f"纠纷文件中有一项写错了：{_field(str(error))}。", "请对照示例文件改正该项的名称和内容。"
        ) from error
    except ValueError as error:  # the one other complaint: a number of thousands of digits
        raise UserError("纠纷文件中有一个数太长。", "请对照示例文件改正后再试。") from error
    ids = [party.id for party in case.party]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise UserError(f"纠纷文件中有两个当事人的编号都是“{twice}”。", "请给每个 [[party]] 写不同的 id。")
    return case


def _place(message: str) -> str:
    _, found, place = message.partition("(at line ")
    line = place.partition(",")[0]
    return f"第{line}行" if found and line.isdecimal() else "文件末尾"


def _field(message: str) -> str:
    """Say in Chinese which key msgspec means; it words its errors ``what - at `$.path` ``."""
    what, found, path = message.partition(" - at `")
    where = path.rstrip("`").removeprefix("$").removeprefix(".") if found else ""
    for english, chinese in (
        ("Object contains unknown field", "不认识的项"),
        ("Object missing required field", "缺少"),
    ):
        if what.startswith(english):
            name = what.removeprefix(english).strip().strip("`")
            return f"{chinese}“{'.'.join(filter(None, (where, name)))}”"
    return f"“{where}”的内容不对"


class _CaseReader:
    """Turns one parsed file into records; party ids of the file become record ids."""

    def __init__(self, case: shape.CaseShape, codes: CodeTables, new_id: Callable[[], UUID]) -> None:
        self.case = case
        self.codes = codes
        self.new_id = new_id
        self.party_ids = {party.id: new_id() for party in case.party}
        self.dispute_id = new_id()
        self.committee = records.Committee(
            id=new_id(), name=case.committee.name, town=case.dispute.town, village=case.dispute.village
        )
        self.studio = self._studio()
        self.mediators = tuple(
            records.Mediator(
                id=new_id(),
                committee_id=self.committee.id,
                name=name,
                phone=case.committee.phones.get(name, ""),
            )
            for name in case.committee.mediators
        )

        self.invited = tuple(self._own(records.InvitedParticipant, item) for item in case.invited)

    def read(self) -> CaseFile:
        case = self.case
        agreement = self._agreement()
        risk = case.risk
        dossier = Dossier(
            dispute=self._dispute(),
            committee=self.committee,
            studio=self.studio,
            mediators=self.mediators,
            parties=tuple(self._party(place, item) for place, item in enumerate(case.party)),
            invited=self.invited,
            refusals=tuple(
                self._own(records.Refusal, item, party_id=self._who(item.by)) for item in _one(case.refusal)
            ),
            notices=tuple(
                self._own(records.Notice, item, told_at=item.at, teller=item.by) for item in case.notice
            ),
            sessions=tuple(self._session(item) for item in case.session),
            investigations=tuple(
                self._own(
                    records.Investigation,
                    item,
                    questions=tuple(
                        records.Question(question=one.question, answer=one.answer) for one in item.question
                    ),
                )
                for item in case.investigation
            ),
            proposals=tuple(
                self._own(records.Proposal, item, position=place, party_id=self._speaker(item.by))
                for place, item in enumerate(case.proposal)
            ),
            evidence=tuple(
                self._own(
                    records.Evidence,
                    item,
                    kind=self.codes.evidence_kinds.code_named(item.kind),
                    party_id=self._speaker(item.provider),
                )
                for item in case.evidence
            ),
            minor_checks=tuple(self._own(records.MinorCheck, item) for item in _one(case.minor_check)),
            risks=tuple(self._own(records.Risk, item) for item in _one(risk)),
            risk_reports=tuple(
                self._own(records.RiskReport, item, told=item.to, told_at=item.at)
                for item in (risk.report if risk else ())
            ),
            outcomes=self._outcomes(),
            agreements=(agreement,) if agreement else (),
            obligations=self._obligations(agreement),
            payments=tuple(
                self._own(records.Payment, item, **self._debt(item.debtor, item.creditor))
                for item in case.payment
            ),
            followups=tuple(
                self._own(records.FollowUp, item, party_id=self._speaker(item.party))
                for item in case.followup
            ),
            closings=tuple(self._own(records.Closing, item) for item in _one(case.closing)),
            confirmations=tuple(
                self._own(
                    records.Confirmation, item, applicant_ids=tuple(self._who(one) for one in item.applicants)
                )
                for item in _one(case.confirmation)
            ),
        )
        return CaseFile(dossier, self._signing())

    def _who(self, short: str) -> UUID:
        if short not in self.party_ids:
            raise UserError(f"纠纷文件中的“{short}”不是任何当事人的编号。", "请改成 [[party]] 中写过的 id。")
        return self.party_ids[short]

    def _speaker(self, short: str) -> UUID | None:
        return None if short in {_MEDIATOR, ""} else self._who(short)

    def _debt(self, debtor: str, creditor: str) -> dict[str, UUID]:
        return {"debtor_id": self._who(debtor), "creditor_id": self._who(creditor)}

    def _own(self, cls: type[R], item: shape.Shape, **changed: Any) -> R:
        """Make a record of this dispute from the fields it shares with ``item``, and ``changed``."""
        return cls(id=self.new_id(), dispute_id=self.dispute_id, **_shared(cls, item, changed), **changed)

    def _studio(self) -> records.Studio | None:
        name = self.case.committee.studio
        return records.Studio(id=self.new_id(), committee_id=self.committee.id, name=name) if name else None

    def _dispute(self) -> records.Dispute:
        item = self.case.dispute
        outcome = self.case.referral or self.case.termination
        registered = item.applied_on or item.accepted_on or (outcome.on if outcome else None)
        if registered is None:
            raise UserError("纠纷文件没有写申请日期或受理日期。", "请补上 applied_on 或 accepted_on。")
        changed = {
            "number": "",
            "type_code": self.codes.dispute_types.code_named(item.type),
            "source_code": self.codes.sources.code_named(item.referred_by or item.source),
            "grade_code": self.codes.grades.code_named(item.grade),
            "committee_id": self.committee.id,
            "studio_id": self.studio.id if self.studio else None,
            "mediator_ids": tuple(mediator.id for mediator in self.mediators),
            "recorder": self.case.committee.recorder,
            "registered_on": registered,
            "landmarks": tuple(
                records.Landmark(direction=direction, mark=mark) for direction, mark in item.landmarks.items()
            ),
        }
        return records.Dispute(id=self.dispute_id, **_shared(records.Dispute, item, changed), **changed)

    def _party(self, position: int, item: shape.PartyShape) -> records.Party:
        number = identity.clean_number(item.id_number)
        return structs.replace(
            self._own(
                records.Party,
                item,
                position=position,
                sex=item.sex or identity.sex(number),
                id_number=number,
                birth_date=identity.birth_date(number),
                uscc=identity.clean_number(item.uscc),
                representative=_beside(records.Representative, item.representative),
                guardian=_beside(records.Guardian, item.guardian),
                agents=tuple(_agent(agent) for agent in _one(item.agent)),
                note=item.representative_note,
            ),
            id=self.party_ids[item.id],
        )

    def _session(self, item: shape.SessionShape) -> records.Session:
        return self._own(
            records.Session,
            item,
            starts_at=item.at,
            mediator_ids=tuple(mediator.id for mediator in self.mediators),
            recorder=self.case.committee.recorder,
            invited_ids=tuple(guest.id for guest in self.invited),
            state=records.SessionState.HELD if item.result else records.SessionState.PLANNED,
            lines=tuple(
                records.RecordLine(speaker_id=self._speaker(line.who), said=line.said) for line in item.record
            ),
        )

    def _outcomes(self) -> tuple[records.Outcome, ...]:
        ends = (
            ("terminated", self.case.termination),
            (
                "referred" if self.case.referral and self.case.referral.accepted else "not_accepted",
                self.case.referral,
            ),
        )
        return tuple(self._own(records.Outcome, item, kind=kind) for kind, item in ends if item)

    def _agreement(self) -> records.Agreement | None:
        written, oral = self.case.agreement, self.case.oral_agreement
        if written:
            amounts = records.Amounts(
                items=tuple(
                    records.AmountItem(name=name, amount_fen=fen) for name, fen in written.items.items()
                ),
                total_fen=written.total_fen,
                borne_percent=written.borne_percent,
                borne_fen=written.borne_fen,
                paid_before_fen=written.paid_before_fen,
                due_fen=written.due_fen,
            )
            return self._own(
                records.Agreement, written, number="", amounts=amounts, terms=_terms(written.terms)
            )
        if oral:
            return self._own(
                records.Agreement,
                oral,
                number="",
                form=records.AgreementForm.ORAL,
                terms=_terms(oral.terms),
            )
        return None

    def _obligations(self, agreement: records.Agreement | None) -> tuple[records.Obligation, ...]:
        source = self.case.agreement or self.case.oral_agreement
        if agreement is None or source is None:
            return ()
        return tuple(
            self._own(
                records.Obligation,
                item,
                agreement_id=agreement.id,
                position=place,
                due_on=item.due,
                instalments=tuple(
                    records.Instalment(due_on=part.due, amount_fen=part.amount_fen)
                    for part in item.instalments
                ),
                **self._debt(item.debtor, item.creditor),
            )
            for place, item in enumerate(source.obligation)
        )

    def _signing(self) -> Signing | None:
        signing = self.case.agreement.signing if self.case.agreement else None
        return signing and Signing(
            self._signatures(signing.signed), self._signatures(signing.party_seals), signing.sealed_on
        )

    def _signatures(self, days: dict[str, date]) -> tuple[records.Signature, ...]:
        return tuple(records.Signature(party_id=self._speaker(who), on=on) for who, on in days.items())


def _terms(lines: list[str]) -> tuple[records.Term, ...]:
    return tuple(records.Term(text=line) for line in lines)


def _one(item: D | None) -> tuple[D, ...]:
    return () if item is None else (item,)


def _shared(cls: type, item: shape.Shape, changed: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of ``item`` that ``cls`` has under the same name, lists frozen to tuples."""
    names = {field.name for field in structs.fields(cls)} - {"id", "dispute_id"} - changed.keys()
    values = {name: getattr(item, name) for name in names if hasattr(item, name)}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _beside(cls: type[D], item: shape.Shape | None, **changed: Any) -> D | None:
    return None if item is None else cls(**_shared(cls, item, changed), **changed)


def _agent(item: shape.AgentShape) -> records.Agent:
    special = item.power == _SPECIAL_POWER
    power = records.AgentPower.SPECIAL if special else records.AgentPower.GENERAL
    return records.Agent(**_shared(records.Agent, item, {"power": power}), power=power)
