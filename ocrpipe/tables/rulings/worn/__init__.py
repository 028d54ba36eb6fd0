"""The walls of a page whose rules are worn to pieces or dots."""
