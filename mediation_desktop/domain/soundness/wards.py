"""Whoever acts for a child or for somebody without capacity may not use up or waive what is theirs."""

import re

from mediation_desktop.domain.records import Party
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault
from mediation_desktop.domain.soundness.reading import sentences

_LAW = "监护人除为维护被监护人利益外，不得处分被监护人的财产（民法典第三十五条）。"
_SETS_OFF = re.compile("抵(?!达|押|触)|冲(?!突|洗|撞)|还债|还贷|偿还|归还|拿去|用于(?:还|偿)|垫还")
_DEBT = re.compile(
    "欠|债|借款|贷款|货款|材料款|工钱|赌|[一-鿿]款(?:项)?的?[。，；]|(?:砖|料|车|房|货|饲料|农资|租金)款?"
)
_WAIVES = re.compile("放弃|免除|不再要求|不要求|舍弃|豁免|少要|让给")
_OWN = re.compile("赔偿|补偿|抚恤|份额|抚养费|继承|伤残|护理费|医疗费")
_FOR_GOOD = re.compile("不得|专(?:用|门|款)|只用于|其他损失|再无|利息")


def ward_findings(draft: Draft) -> Found:
    """Look for the guardian's own debts and for waivers where the party is a ward who is to get something."""
    for party in draft.dossier.parties:
        if party.guardian is None or not party.guardian.name or _owes(party, draft):
            continue
        acts = f"{re.escape(party.guardian.name)}|监护人|法定代理人|其[父母](?:亲)?"
        for at, text in enumerate(draft.terms):
            for sentence in sentences(text):
                if not re.search(acts, sentence.words):
                    continue
                own = _SETS_OFF.search(sentence.words) and _DEBT.search(sentence.words)
                waived = _WAIVES.search(sentence.words) and _OWN.search(sentence.words)
                if (own or waived) and not (waived and not own and _FOR_GOOD.search(sentence.words)):
                    told = f"第{at + 1}条用{party.name}应得的钱抵别人的债，或者代其放弃权利，损害其利益。"
                    where = (draft.agreement.id, f"terms.{at}")
                    offer = f"上述款项转入{party.name}本人名下账户，只用于{party.name}的治疗、生活和教育。"
                    yield fault(
                        "ward.harmed", told, *where, reason=_LAW, words=sentence.words.strip(), offer=offer
                    )


def _owes(party: Party, draft: Draft) -> bool:
    """Tell whether the ward only has to pay: then the guardian's money is meant."""
    return not any(item.creditor_id == party.id for item in draft.obligations)
