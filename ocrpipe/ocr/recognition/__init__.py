"""What recognisers have in common: batches, decoding, rival readings and agreement."""
