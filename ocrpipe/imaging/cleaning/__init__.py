"""What lies over or under the print taken out; pale rules and bands made plain."""
