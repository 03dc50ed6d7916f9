"""The manual under docs/manual: read, rendered, searched, and found from each page by its help link."""
