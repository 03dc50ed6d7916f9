"""What follows a decision: duties, letters, pressing, enforcement, suits. Read from entries; actions write those."""
