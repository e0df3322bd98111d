"""Is a release what it says: files, hashes, tables, descriptors?"""
