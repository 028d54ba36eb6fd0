"""The running text of a report: sections, letterhead, title, dates and the numbers it states."""
