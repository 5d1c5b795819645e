"""A small classifier for the points of two spirals."""

import math

import torch
from torch import nn


def spirals(count: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    label = torch.randint(0, 2, (count,), device=device)
    turn = torch.rand(count, device=device).sqrt() * 3 * math.pi
    angle = turn + math.pi * label
    points = torch.stack([turn * angle.cos(), turn * angle.sin()], dim=1) / (3 * math.pi)
    return points + 0.01 * torch.randn_like(points), label.float()


def fit(device: torch.device, steps: int = 600) -> nn.Module:
    torch.manual_seed(1)
    model = nn.Sequential(
        nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 1), nn.Flatten(0)
    ).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(steps):
        points, label = spirals(1024, device)
        loss = nn.functional.binary_cross_entropy_with_logits(model(points), label)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return model.eval()
