"""The published list: what it holds, the rules it keeps."""
