"""The register of uses of official seals (用印登记): every stamp with its paper, its approval and who stamped it.

Not to be confused with the seals of the evidence (docs/decisions/0010).
"""
