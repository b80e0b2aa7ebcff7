"""Telling: five short steps, each kept, and the receipt. One way for residents, one for clerks who write for somebody."""
