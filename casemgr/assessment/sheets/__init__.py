"""The yearly sheet of a unit: sent, objected to, answered, frozen; later corrections stand beside it."""
