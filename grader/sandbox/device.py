"""CPU or GPU: which device MXNet can really use here, and if not the GPU, why."""

from __future__ import annotations


def probe() -> tuple[str, str]:
    """`("gpu(0)", "")` where a GPU computes, else `("cpu(0)", reason)`.

    A GPU counts only after it has multiplied two matrices: MXNet 1.9.1 has code for compute capability 5.0 to 8.6
    alone, finds newer cards all the same, and fails at the first operation.
    """
    import mxnet

    try:
        count = mxnet.context.num_gpus()
    except mxnet.MXNetError as error:
        return "cpu(0)", f"the GPU driver did not answer ({_first_line(error)})"
    if count == 0:
        with_cuda = mxnet.runtime.Features().is_enabled("CUDA")
        return "cpu(0)", "no GPU was found" if with_cuda else "this MXNet was built without CUDA"
    try:
        square = mxnet.nd.ones((8, 8), ctx=mxnet.gpu(0))
        total = float(mxnet.nd.dot(square, square).sum().asscalar())
    except mxnet.MXNetError as error:
        return "cpu(0)", f"MXNet 1.9.1 cannot compute on this GPU ({_first_line(error)})"
    if total != 512.0:
        return "cpu(0)", f"the GPU computed {total} where 512 is right"
    return "gpu(0)", ""


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200] if lines else type(error).__name__
