"""BagIt profiles -> findings: bags beside a profile, and a profile by itself."""
