"""The affairs floor: the kinds of work deputies do."""
