"""The door of this floor: writing, verifying and opening bundles.

A bundle is a BagIt bag, sealed with age, signed with minisign, in one plain ZIP.
"""

from mediation_desktop.exchange.header import BundleHeader, BundleKind, Description
from mediation_desktop.exchange.opening import OpenedBundle, VerifiedBundle, open_bundle, verify_bundle
from mediation_desktop.exchange.refusal import BundleRefused, Reason
from mediation_desktop.exchange.writing import (
    BundleContent,
    BundleItem,
    WritingCancelled,
    WrittenBundle,
    write_bundle,
)

__all__ = [
    "BundleContent",
    "BundleHeader",
    "BundleItem",
    "BundleKind",
    "BundleRefused",
    "Description",
    "OpenedBundle",
    "Reason",
    "VerifiedBundle",
    "WritingCancelled",
    "WrittenBundle",
    "open_bundle",
    "verify_bundle",
    "write_bundle",
]
