"""What of an issued paper the public may not read: found by the program, judged by people, cut out of the kept text."""
