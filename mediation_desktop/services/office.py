"""Set up an office, open it, and keep what it says about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.exchange.activation import ActivationPack
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.office_file import OfficeFile, UnitOfWork
from mediation_desktop.system.clock import Clock, SystemClock
from mediation_desktop.system.ids import new_id as fresh_id
