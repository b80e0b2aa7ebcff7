"""保险柜 Identities of residents, encrypted, opened with a right and a reason."""
