// Ctrl K: jump to any record, page or action.
