"""The year's plan, what each unit is told of its year, and the reports about it; read from the figures alone."""
