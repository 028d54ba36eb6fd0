"""Section 二: the items of 第二十条, each with heads of its own."""
