"""A bundle of a case's volumes that anybody can check with the tools every Linux system has."""
