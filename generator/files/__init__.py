"""Reading, writing and comparing files; several files written as one."""
