"""Source → document: lines, blocks, passages, headings, sections, sentences."""
