"""`POST /predict` tells which spiral each point belongs to; `GET /health` whether the GPU answers."""

import os
from contextlib import asynccontextmanager
from typing import Annotated

import torch
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from model import fit

Point = tuple[float, float]


class Points(BaseModel):
    points: Annotated[list[Point], Field(min_length=1, max_length=65536)]


class Prediction(BaseModel):
    spiral: list[int]
    probability: list[float]


def choose_device() -> torch.device:
    if torch.cuda.is_available():
        return torch.device("cuda")
    if os.environ.get("ALLOW_CPU") == "1":
        return torch.device("cpu")
    raise RuntimeError("PyTorch sees no GPU: start the container with --gpus all, or set ALLOW_CPU=1")


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.device = choose_device()
    app.state.model = fit(app.state.device)
    yield


app = FastAPI(title="Two spirals", lifespan=lifespan)


# Plain functions: FastAPI runs them in threads, so that a request that waits for the GPU doesn't hold up the others.
@app.get("/health")
def health() -> dict[str, str]:
    device: torch.device = app.state.device
    try:
        torch.ones(1, device=device).add_(1).item()
    except RuntimeError as error:
        raise HTTPException(503, f"the device does not answer: {error}") from error
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    return {"status": "ok", "device": name, "torch": torch.__version__}


@app.post("/predict")
def predict(request: Points) -> Prediction:
    with torch.inference_mode():
        points = torch.tensor(request.points, device=app.state.device)
        probability = app.state.model(points).sigmoid().cpu()
    return Prediction(spiral=(probability > 0.5).int().tolist(), probability=probability.tolist())
