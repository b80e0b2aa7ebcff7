"""演示 Made-up people at a real place, so that a new platform can be looked around in. Only verbs are called: the history is real."""
