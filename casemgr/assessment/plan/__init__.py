"""The plan of a year as data: entered or copied, reported on, judged, and reminded of."""
