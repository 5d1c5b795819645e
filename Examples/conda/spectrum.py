"""Finds the tones in a noisy signal with cuFFT and checks the spectrum against NumPy's."""

import sys
import time

import cupy as cp
import numpy as np

RATE = 2**22
TONES = (440.0, 1318.5, 9_000.0)


def main():
    try:
        name = cp.cuda.runtime.getDeviceProperties(cp.cuda.runtime.getDevice())["name"].decode()
    except cp.cuda.runtime.CUDARuntimeError as error:
        print(f"no usable GPU (was the container started with --gpus all?): {error}", file=sys.stderr)
        return 1

    # 4 seconds, so that the lines of the spectrum lie 0.25 Hz apart.
    time_axis = np.arange(4 * RATE) / RATE
    signal = sum(np.sin(2 * np.pi * tone * time_axis) for tone in TONES)
    signal += np.random.default_rng(1).normal(0, 3, time_axis.size)

    on_gpu = cp.asarray(signal)
    cp.fft.rfft(on_gpu)  # plans the transform
    cp.cuda.get_current_stream().synchronize()
    start = time.perf_counter()
    spectrum = cp.fft.rfft(on_gpu)
    cp.cuda.get_current_stream().synchronize()
    seconds = time.perf_counter() - start
    strength = cp.abs(spectrum)
    found = sorted(float(index) / 4 for index in cp.argsort(strength)[-len(TONES) :])
    print(f"{name}: {signal.size} samples in {seconds * 1e3:.2f} ms, tones at {', '.join(f'{f:.2f}' for f in found)} Hz")

    expected = np.abs(np.fft.rfft(signal))
    error = float(np.abs(cp.asnumpy(strength) - expected).max() / expected.max())
    print(f"largest difference from NumPy: {error:.1e} of the strongest line")
    return 0 if error < 1e-6 and np.allclose(found, TONES) else 1


if __name__ == "__main__":
    sys.exit(main())
