"""The reception register: visits, advice, applications taken."""
