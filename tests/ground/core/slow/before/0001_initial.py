from importlib import import_module

Migration = import_module("tests.ground.core.slow.migrations.0001_initial").Migration
