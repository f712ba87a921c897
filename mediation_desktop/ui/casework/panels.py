"""Every panel of the dispute page by its key."""

from mediation_desktop.ui.casework.change import ChangePanel
from mediation_desktop.ui.casework.explain import ExplainPanel
from mediation_desktop.ui.casework.intake import (
    EndPanel,
    FactsPanel,
    InvitedPanel,
    NoticePanel,
    PartyPanel,
    RefusalPanel,
    StepPanel,
)
from mediation_desktop.ui.casework.meeting import RecordPanel, SchedulePanel
from mediation_desktop.ui.casework.oral import OralPanel
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.casework.settlement import AgreementPanel, SigningPanel

PANELS: dict[str, type[Panel]] = {
    panel.key: panel
    for panel in (
        StepPanel,
        EndPanel,
        NoticePanel,
        RefusalPanel,
        FactsPanel,
        PartyPanel,
        InvitedPanel,
        SchedulePanel,
        RecordPanel,
        AgreementPanel,
        SigningPanel,
        OralPanel,
        ChangePanel,
        ExplainPanel,
    )
}
