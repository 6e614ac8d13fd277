"""Priority rules, one a file: each says for every activity its turn.

A rule is a function from a network to a rank for each activity: of the activities that may be
placed, the one with the lowest rank goes first. Equal ranks go in the order of statement.
"""
