"""What openness does by night."""

from reconsideration.openness.complaints.reminding import remind_of_complaints
from reconsideration.openness.public.figures import count_years

NIGHTLY = (remind_of_complaints, count_years)

__all__ = ["NIGHTLY"]
