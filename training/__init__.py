"""What learns the model of the main text; ``model-card.md`` says from what."""
