"""In what condition the print of a table is: paleness, wear, widths, and what a seal hid."""
