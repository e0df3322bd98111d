"""What depends on a language: its pack, how it is told, its names, its dates."""
