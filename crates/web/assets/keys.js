// Keys: / filters, e edits, ? shows the keys.
