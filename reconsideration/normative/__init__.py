"""The register of normative documents, and the warning where an act leans on one that does not hold."""
