"""Keep: what was understood of each document, so that a run works only on what has changed.

Normalising a document is a pure function of its text and its entry in the register, of the
program and of the reference tables. `memory` keeps what comes out under a key made of these,
`entries` holds it on the disk, a file each, `form` says what is in such a file, `program` tells
one program from another, and `current` whether a run would make what is already there.
"""
