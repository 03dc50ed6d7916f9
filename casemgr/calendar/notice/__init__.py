"""The State Council's yearly holiday notice: read from its text, judged, and kept as a draft until approved."""
