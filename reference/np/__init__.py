"""The reference implementation in ``mxnet.np``. Importing it calls ``npx.set_np()``, as a notebook does."""

from mxnet import npx

npx.set_np()
