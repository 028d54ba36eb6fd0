"""Which syllables follow one another in words, from the word list of Tesseract's model `bod`.

    combine_tessdata -u /usr/share/tesseract-ocr/5/tessdata/bod.traineddata bod.
    dawg2wordlist bod.lstm-unicharset bod.lstm-word-dawg words.txt
    python -m scripts.tibetan.word_pairs words.txt ocrpipe/ocr/tibetan/word_pairs.txt

The list (tesseract-ocr-bod 4.1.0, tessdata_fast, Apache-2.0) was gathered by its makers, from texts
that they do not name; nothing was added to it for the lines that are measured on here.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from ocrpipe.ocr.tibetan.spelling import SYLLABIC
from scripts.tibetan.alphabet import is_known, normalize

_WORD = re.compile(f"[<>]*((?:[{''.join(sorted(SYLLABIC))}]|་)+)[<>]*")


_NOTICE = """\
# Each line: a syllable, and those that follow it in words.
# Made by scripts/tibetan/word_pairs.py from the word list of Tesseract's model bod (tessdata_fast),
# Copyright 2006-2022 Google Inc., Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0
"""


def followers(lines: Iterable[str]) -> dict[str, set[str]]:
    """For every syllable those that follow it in the words, one word a line."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        word = _WORD.fullmatch(line.strip())
        if word is None or not is_known(normalized := normalize(word[1])):
            continue
        syllables = [syllable for syllable in normalized.split("་") if syllable]
        for first, second in pairwise(syllables):
            found[first].add(second)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("words", type=Path, help="one word a line")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    found = followers(arguments.words.read_text(encoding="utf-8").splitlines())
    rows = [" ".join((first, *sorted(found[first]))) for first in sorted(found)]
    arguments.out.write_text(_NOTICE + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
