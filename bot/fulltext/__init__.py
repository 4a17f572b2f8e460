"""The full text of papers: fetched from arXiv, parsed, cut into passages, stored.

Everything between bytes and passages is pure and takes no network; the parsers run in a child
process, because papers come from strangers. This room decides what of a paper is its content, and
which sentences of it a language model may read.

Nothing is imported here: the child imports this package anew for each paper, and needs no more than
the parsers.
"""
