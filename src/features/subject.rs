//! What the cursor is on: the one shared entry of hover, definition, references.
