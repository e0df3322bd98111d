"""How well a document was understood: stated totals, differences, warnings."""
