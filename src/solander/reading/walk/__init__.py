"""Tree -> leaves: one walk, in which each visible text node finds its one home, and what stands in the line."""
