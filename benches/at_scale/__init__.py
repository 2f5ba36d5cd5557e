"""Benchmarks at any size of corpus: generated statements, what is measured on them, and a plain scan that checks the results."""
