checks-ok = OK
checks-wrong = Problem
checks-off = Not used
