"""Volumes (卷宗): put together, frozen, kept, lent, appraised, and handed out in a form anybody can check."""
