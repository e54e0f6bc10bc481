"""What goes with a shared link: short addresses, QR codes, social cards, notices."""
