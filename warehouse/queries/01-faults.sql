-- Does every row say what its passage in the document says?
-- Shows: Rows whose span is not in their document, or whose passage says something else. No row
-- means that all is right.
from faults;
