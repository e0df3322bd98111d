"""What a release is on disk: its facts, checksums, manifest, catalogue, withdrawal."""
