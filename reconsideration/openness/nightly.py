"""What openness does by night."""

from reconsideration.openness.complaints.reminding import remind_of_complaints
from reconsideration.openness.public.figures import count_years
from reconsideration.openness.publications.reminding import remind_to_publish

NIGHTLY = (remind_to_publish, remind_of_complaints, count_years)

__all__ = ["NIGHTLY"]
