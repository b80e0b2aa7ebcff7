"""Builds a platform with made-up people, step by step, by the verbs that offices use, under a clock set to the past."""
