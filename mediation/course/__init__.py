"""The course of a case from the choice of the mediators to its end: forms, rows and what can be read from them."""
