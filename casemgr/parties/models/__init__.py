"""The tables of the registry, by subject; import them from here."""

from casemgr.parties.models.capacity import CapacityFact
from casemgr.parties.models.merges import DuplicatePair, PartyMerge
from casemgr.parties.models.party import PHONE, Party, PartyGram, PartyKey, PartyName
from casemgr.parties.models.requests import DataRequest
from casemgr.parties.models.splits import PartySplit

__all__ = [
    "PHONE",
    "CapacityFact",
    "DataRequest",
    "DuplicatePair",
    "Party",
    "PartyGram",
    "PartyKey",
    "PartyMerge",
    "PartyName",
    "PartySplit",
]
