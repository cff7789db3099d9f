"""The reference implementation in ``mxnet.nd``, the array API of the book's first edition."""
