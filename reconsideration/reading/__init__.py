"""Reading and copying the file while a case is tried (art. 47)."""
