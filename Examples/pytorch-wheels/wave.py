"""A drop falls into a square basin: the wave equation as convolutions, its energy printed."""

import argparse
import os

import torch
import torch.nn.functional as F


def choose_device() -> torch.device:
    if torch.cuda.is_available():
        return torch.device("cuda")
    if os.environ.get("ALLOW_CPU") == "1":
        return torch.device("cpu")
    raise SystemExit("PyTorch sees no GPU: start the container with --gpus all, or set ALLOW_CPU=1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--steps", type=int, default=2000)
    arguments = parser.parse_args()

    device = choose_device()
    laplace = torch.tensor([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]], device=device)[None, None]
    axis = torch.linspace(-1, 1, arguments.size, device=device)
    height = torch.exp(-200 * (axis[:, None] ** 2 + axis[None, :] ** 2))[None, None]
    speed = torch.zeros_like(height)

    for step in range(arguments.steps + 1):
        if step % (arguments.steps // 4 or 1) == 0:
            slope = sum((height.diff(dim=dim) ** 2).sum() for dim in (2, 3))
            energy = ((speed**2).sum() + 0.2 * slope) / 2
            print(f"step {step:5}: energy {energy.item():.4f}, highest {height.max().item():.4f}")
        # The walls reflect: outside of the basin is what is at its edge.
        speed += 0.2 * F.conv2d(F.pad(height, (1, 1, 1, 1), mode="replicate"), laplace)
        height += speed

    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    print(f"{name}, PyTorch {torch.__version__}, CUDA {torch.version.cuda}")


if __name__ == "__main__":
    main()
