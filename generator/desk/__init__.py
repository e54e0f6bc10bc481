"""The editor's desk: the work of announcing, in a browser on this machine."""
