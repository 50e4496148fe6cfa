"""What does a contract say? Its terms, each with the quoted sentence and the place it stands at.

The text is cut into sentences (`sentences`); patterns (EN, FR, NL) and a linear model name those that carry a term
(`patterns`, `clauses`); their words give a value where the term has one (`values`). Below its threshold a term is not
given at all: silence beats a wrong answer, and what was not found is said.
"""

from __future__ import annotations
