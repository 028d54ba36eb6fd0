"""White that print closes in: the middle of a 0, of ○ and of the box in 户."""

import cv2
import numpy as np

from ocrpipe.page import Pixels


def largest_enclosed_white(mask: Pixels) -> int:
    """Pixels of the largest white of a mask (H, W), 0 where there is no ink, that no way leads to
    from outside; 0 where none is closed in."""
    white = np.pad(mask == 0, 1, constant_values=True).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(white, connectivity=4)[2]
    # The ink, and what is around it, come first.
    return int(stats[2:, cv2.CC_STAT_AREA].max(initial=0))
