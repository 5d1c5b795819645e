"""Heat spreading over a plate, computed by CuPy and checked against NumPy."""

import argparse
import sys
import time

import cupy as cp
import numpy as np

# Compiled at run time for the GPU at hand.
step_kernel = cp.ElementwiseKernel(
    "raw float32 plate, int32 size, float32 rate",
    "float32 result",
    """
    const int row = i / size, column = i % size;
    if (row == 0 || column == 0 || row == size - 1 || column == size - 1) {
        result = plate[i];
    } else {
        const float around = plate[i - size] + plate[i + size] + plate[i - 1] + plate[i + 1];
        result = plate[i] + rate * (around - 4 * plate[i]);
    }
    """,
    "heat_step",
)


def plate_of(size):
    plate = np.zeros((size, size), dtype=np.float32)
    plate[0, :] = 100
    return plate


def on_gpu(plate, steps, rate):
    current = cp.asarray(plate)
    following = cp.empty_like(current)
    for _ in range(steps):
        step_kernel(current, np.int32(plate.shape[0]), np.float32(rate), following)
        current, following = following, current
    cp.cuda.get_current_stream().synchronize()
    return current


def on_cpu(plate, steps, rate):
    current = plate.copy()
    rate = np.float32(rate)
    for _ in range(steps):
        around = current[:-2, 1:-1] + current[2:, 1:-1] + current[1:-1, :-2] + current[1:-1, 2:]
        inner = current[1:-1, 1:-1] + rate * (around - 4 * current[1:-1, 1:-1])
        current = current.copy()
        current[1:-1, 1:-1] = inner
    return current


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=0.2)
    arguments = parser.parse_args()

    try:
        properties = cp.cuda.runtime.getDeviceProperties(cp.cuda.runtime.getDevice())
    except cp.cuda.runtime.CUDARuntimeError as error:
        print(f"no usable GPU (was the container started with --gpus all?): {error}", file=sys.stderr)
        return 1
    runtime = cp.cuda.runtime.runtimeGetVersion()
    print(f"{properties['name'].decode()}, CuPy {cp.__version__}, CUDA runtime {runtime // 1000}.{runtime % 1000 // 10}")

    small = plate_of(256)
    difference = float(np.abs(cp.asnumpy(on_gpu(small, 200, arguments.rate)) - on_cpu(small, 200, arguments.rate)).max())
    print(f"largest difference from NumPy on a small plate: {difference:.2e}")
    if difference > 1e-3:
        return 1

    start = time.perf_counter()
    plate = on_gpu(plate_of(arguments.size), arguments.steps, arguments.rate)
    seconds = time.perf_counter() - start
    cells = arguments.size**2 * arguments.steps / seconds / 1e9
    print(f"{arguments.steps} steps in {seconds:.2f} s, {cells:.1f} billion cells a second, mean {float(plate.mean()):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
