"""How a platform is started on one computer: what must be in place, which processes run, and who may reach them."""
