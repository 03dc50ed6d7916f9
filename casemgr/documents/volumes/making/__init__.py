"""From the contents of a volume to one PDF: sheets, page numbers, bookmarks, within bounded memory."""
