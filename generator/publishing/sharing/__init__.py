"""Sharing: short links, redirects, QR codes, social cards and printed notices."""
