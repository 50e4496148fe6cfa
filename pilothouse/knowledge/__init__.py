"""What is publicly known, as data with one loader: vendors, words, purposes, functions, numbers with sources.

Ask here; the YAML files beside it are read once per process. What is wrong in a file is an error that names
the file and the entry (`KnowledgeError`).
"""

from pilothouse.knowledge.book import (
    assumption_book,
    categories,
    functions,
    purposes,
    spend_knowledge,
    towers,
    vendors,
)
from pilothouse.knowledge.delivery import delivery_days
from pilothouse.knowledge.entries import KnowledgeError
from pilothouse.knowledge.saying import say

__all__ = [
    "KnowledgeError",
    "assumption_book",
    "categories",
    "delivery_days",
    "functions",
    "purposes",
    "say",
    "spend_knowledge",
    "towers",
    "vendors",
]
