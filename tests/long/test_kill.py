"""kill -9 while issuing, importing, sweeping, sealing, recomputing and handing over: nothing is half done."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.long.house import a_house
from tests.long.scenarios.base import Scenario
from tests.long.scenarios.handing_over import HandingOver
from tests.long.scenarios.importing import Importing
from tests.long.scenarios.issuing import Issuing
from tests.long.scenarios.recomputing import Recomputing
from tests.long.scenarios.sealing import IssuingWhileSealing, Sealing, SealingByHand
from tests.long.scenarios.sweeping import Sweeping

SCENARIOS: tuple[type[Scenario], ...] = (
    Issuing,
    Sweeping,
    Recomputing,
    Importing,
    Sealing,
    SealingByHand,
    IssuingWhileSealing,
    HandingOver,
)
ROUNDS = int(os.environ.get("KILL_ROUNDS", "20"))


@pytest.mark.long
@pytest.mark.processes
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__.lower())
def test_killed_at_random_moments_nothing_is_half_done(scenario: type[Scenario], tmp_path: Path) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")
    with a_house(tmp_path) as house:
        scenario(house).play(ROUNDS, random.Random(seed))
