"""The reconsideration committee: members, consultations, what became of its opinions (art. 52)."""
