"""What a conversion got right, measured against ground truth.

from ocrpipe.evaluate import evaluate

evaluation = evaluate("out", "fixtures")
print(evaluation.total.figures.silent)
"""

from ocrpipe.evaluate.compare import compare_documents
from ocrpipe.evaluate.folders import evaluate
from ocrpipe.evaluate.gold import Gold, gold_from_document, load_gold
from ocrpipe.evaluate.html import evaluation_html
from ocrpipe.evaluate.scores import DocumentScore, Evaluation, Score

__all__ = [
    "DocumentScore",
    "Evaluation",
    "Gold",
    "Score",
    "compare_documents",
    "evaluate",
    "evaluation_html",
    "gold_from_document",
    "load_gold",
]
