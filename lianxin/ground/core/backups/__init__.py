"""备份与恢复 One encrypted file that holds a whole platform; how it is made, brought back, and what must stay erased.

A backup holds database, files and a manifest with the SHA-256 of every member. The keys are never in it.
Verbs: `making.make`, `restoring.restore`, `upgrading.upgrade`; apps that erase for good register in `erasures`.
"""
