"""An app that only tests know, in two versions: the later one has a migration that takes its time, or fails."""
