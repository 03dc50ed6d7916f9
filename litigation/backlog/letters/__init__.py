"""Letters that press units: drafted from the register, approved, sent by a person, answered."""
