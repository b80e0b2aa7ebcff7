"""文件 What people send along: photos, voices, scans, attachments. Each is judged by its content and lies encrypted.

`lay` reads, mends and stores what was sent, before a transaction is opened; `keep` makes it a row that belongs to a
thing; `serve` answers with it. Who may see it is for the apps above to say.
"""
