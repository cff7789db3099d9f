import os

from grader.nbgrader.detours import skip_grammar_of_addresses

skip_grammar_of_addresses()  # in each process of the tests
# What one test has graded must not answer for another; tests of the ledger name one.
os.environ["SOFTMARK_NO_LEDGER"] = "1"
