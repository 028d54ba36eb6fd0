"""Tools of the project that are no part of the installed package."""
