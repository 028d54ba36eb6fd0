"""Making lines of printed Tibetan to train on, and the network that is trained on them."""
