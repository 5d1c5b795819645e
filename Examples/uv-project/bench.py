"""Measures matrix multiplication and memory bandwidth of every GPU that PyTorch sees."""

import argparse
import json
import sys
from collections.abc import Callable

import torch
from rich.console import Console
from rich.table import Table


def seconds_per_call(work: Callable[[], object], budget: float) -> float:
    """The mean of as many calls as fit into the budget, measured by the GPU's own clock."""
    for _ in range(3):
        work()
    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)

    def measure(calls: int) -> float:
        start.record()
        for _ in range(calls):
            work()
        end.record()
        end.synchronize()
        return start.elapsed_time(end) / 1000

    calls = max(1, int(budget / max(measure(1), 1e-6)))
    return measure(calls) / calls


def teraflops(dtype: torch.dtype, size: int, budget: float) -> float:
    left, right = (torch.randn(size, size, device="cuda").to(dtype) for _ in range(2))
    result = torch.empty_like(left)
    return 2 * size**3 / seconds_per_call(lambda: torch.mm(left, right, out=result), budget) / 1e12


def gigabytes_per_second(size: int, budget: float) -> float:
    source = torch.ones(size, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)
    return 2 * size / seconds_per_call(lambda: target.copy_(source), budget) / 1e9


def measure(size: int, budget: float) -> dict[str, float]:
    results = {}
    for name, allowed in (("FP32", False), ("TF32", True)):
        torch.backends.cuda.matmul.allow_tf32 = allowed
        results[f"{name} TFLOPS"] = teraflops(torch.float32, size, budget)
    results["FP16 TFLOPS"] = teraflops(torch.float16, size, budget)
    if torch.cuda.is_bf16_supported(including_emulation=False):
        results["BF16 TFLOPS"] = teraflops(torch.bfloat16, size, budget)
    results["copy GB/s"] = gigabytes_per_second(256 * 2**20, budget)
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=4096, help="rows and columns of the matrices")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each measurement")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()

    if not torch.cuda.is_available():
        print("PyTorch sees no GPU: was the container started with --gpus all?", file=sys.stderr)
        return 1

    results = []
    for index in range(torch.cuda.device_count()):
        with torch.cuda.device(index):
            name = torch.cuda.get_device_name(index)
            results.append({"gpu": index, "name": name, **measure(arguments.size, arguments.seconds)})

    if arguments.json:
        print(json.dumps({"torch": torch.__version__, "cuda": torch.version.cuda, "results": results}, indent=2))
        return 0
    table = Table(title=f"PyTorch {torch.__version__}, CUDA {torch.version.cuda}")
    table.add_column("measurement")
    for result in results:
        table.add_column(f"{result['gpu']}: {result['name']}", justify="right")
    for key in dict.fromkeys(key for result in results for key in result if key not in ("gpu", "name")):
        table.add_row(key, *(f"{result[key]:.1f}" if key in result else "-" for result in results))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
