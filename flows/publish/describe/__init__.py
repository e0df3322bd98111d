"""What explains a release: manifest, pages, changelog, descriptors."""
