"""The registers for programs: one builder makes the operations, one form judges what is written, one shape says why not."""
