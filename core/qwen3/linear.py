"""Matrices as the decode loop multiplies by them: packed for this processor where that pays, plain elsewhere.

oneDNN reorders a bfloat16 matrix into blocks once; reading it is a quarter quicker then (23 against 18 GB/s in a decode
step, 165 against 120 GFLOPS in a prompt, AVX512-BF16). torch's compiler uses the same two operators. Knows no model.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from core.qwen3.runtime import functional, torch


class Linear(nn.Module):
    """x → x·Wᵀ + b for one or several matrices laid side by side.

    The matrices given are not kept when packed: the caller lets go of them.
    """

    def __init__(self, weights: Sequence[torch.Tensor], bias: torch.Tensor | None = None) -> None:
        super().__init__()
        weight = torch.cat(list(weights)) if len(weights) > 1 else weights[0]
        self._bias = bias
        self._width = weight.shape[0]
        self._packed = packs(weight)
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous(), None) if self._packed else weight

    @torch.no_grad()
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(…, in) → (…, out)."""
        if not self._packed:
            return functional.linear(x, self._weight, self._bias)
        flat = x.reshape(-1, x.shape[-1])
        made: torch.Tensor = torch.ops.mkldnn._linear_pointwise(flat, self._weight, self._bias, "none", [], "")
        return made.view(*x.shape[:-1], self._width)


def packs(weight: torch.Tensor) -> bool:
    """Whether a matrix is one that packing helps: bfloat16 on a processor where oneDNN takes it.

    It takes it from AVX-512 on; packing on an older one is an error (`CUESMITH_DTYPE=bfloat16` may ask for it there).
    """
    return (
        weight.device.type == "cpu"
        and weight.dtype == torch.bfloat16
        and bool(torch._C._has_mkldnn)
        and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
        and hasattr(torch.ops.mkldnn, "_reorder_linear_weight")
    )


def pack_linears(module: nn.Module) -> None:
    """Replace every `nn.Linear` in `module` by a packed one, where packing helps."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear) and packs(child.weight):
            setattr(module, name, Linear([child.weight.detach()], None if child.bias is None else child.bias.detach()))
        else:
            pack_linears(child)
