"""Pages of volumes. Every one starts from what the person may see: anything else is 404."""
