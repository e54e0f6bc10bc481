"""The long trials: damage, kills and strangers; `python -m tests.attacks` repeats them with a seed."""
