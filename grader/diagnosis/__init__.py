"""Why a wrong answer is wrong: misconceptions tried on the same inputs, slips, errors in plain words."""
