"""A process on one page: with what, what for, with whom, inputs, outputs, how, what may go wrong, measured by."""
