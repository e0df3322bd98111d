"""Keep: what was read and understood of each document, so that a run works only on what changed.

Normalising a document is a pure function of its text and its entry in the register, of the
program and of the reference tables. `memory` keeps what comes out under a key made of these, in
the form that `form` gives it; `readings` what was read of files that are not plain text. `entries`
holds both on the disk, a file each, `opened` says when and counts, `program` tells one program
from another, and `current` whether a run would make what is already there.
"""
