"""What bin/run, bin/test, bin/check, bin/lock and bin/bench do. Standard library only: nothing is installed yet."""
