// Forms: what makes typing easier; every form works without.
