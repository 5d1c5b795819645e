"""Estimates pi from random points, on every GPU that JAX sees."""

import argparse
import math
import sys
import time
from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames=("count", "rounds"))
def inside(key, count, rounds):
    """How many of count * rounds points of the unit square lie in the quarter circle."""

    def one_round(index, total):
        points = jax.random.uniform(jax.random.fold_in(key, index), (2, count))
        return total + jnp.mean((jnp.sum(points**2, axis=0) < 1).astype(jnp.float32))

    return jax.lax.fori_loop(0, rounds, one_round, 0.0) / rounds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000_000, help="points in a round")
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()

    try:
        devices = jax.devices("gpu")
    except RuntimeError as error:
        print(f"JAX sees no GPU (was the container started with --gpus all?): {error}", file=sys.stderr)
        return 1
    keys = jax.random.split(jax.random.key(1), len(devices))
    print(f"JAX {jax.__version__} on {', '.join(device.device_kind for device in devices)}")

    def estimate():
        # Calls return before the work is done, so all GPUs compute at the same time.
        shares = [
            inside(jax.device_put(key, device), arguments.count, arguments.rounds)
            for key, device in zip(keys, devices, strict=True)
        ]
        return 4 * sum(float(share) for share in shares) / len(shares)

    estimate()  # compiles
    start = time.perf_counter()
    pi = estimate()
    seconds = time.perf_counter() - start
    points = arguments.count * arguments.rounds * len(devices)
    print(f"pi = {pi:.5f} from {points / 1e9:.1f} billion points in {seconds:.2f} s")
    return 0 if abs(pi - math.pi) < 1e-2 else 1


if __name__ == "__main__":
    sys.exit(main())
