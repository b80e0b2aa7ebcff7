"""Sheets from plain files: a regulation, a register of events, a list of people; no server, and nothing of it is kept."""
