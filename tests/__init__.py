from grader.nbgrader.detours import skip_grammar_of_addresses

skip_grammar_of_addresses()  # in each process of the tests
