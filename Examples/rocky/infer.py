"""Runs an ONNX model on the GPU, checks it against the CPU, and says how fast it was."""

import argparse
import sys
import time

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper


def perceptron(width, layers, seed=1):
    """A network with random weights, as an ONNX model."""
    random = np.random.default_rng(seed)
    nodes, weights, value = [], [], "x"
    for layer in range(layers):
        weight = (random.standard_normal((width, width)) / np.sqrt(width)).astype(np.float32)
        weights.append(numpy_helper.from_array(weight, f"w{layer}"))
        nodes.append(helper.make_node("MatMul", [value, f"w{layer}"], [f"m{layer}"]))
        value = "y" if layer == layers - 1 else f"h{layer}"
        nodes.append(helper.make_node("Relu", [f"m{layer}"], [value]))
    graph = helper.make_graph(
        nodes,
        "perceptron",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", width])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", width])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def mean_seconds(session, batch, runs):
    session.run(None, {"x": batch})
    start = time.perf_counter()
    for _ in range(runs):
        session.run(None, {"x": batch})
    return (time.perf_counter() - start) / runs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--runs", type=int, default=50)
    arguments = parser.parse_args()

    model = perceptron(arguments.width, arguments.layers)
    batch = np.random.default_rng(2).standard_normal((arguments.batch, arguments.width)).astype(np.float32)
    cpu = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    # TF32 would be faster, and too coarse for the comparison below.
    gpu = ort.InferenceSession(model, providers=[("CUDAExecutionProvider", {"use_tf32": 0}), "CPUExecutionProvider"])
    # ONNX Runtime goes on without the GPU when a library is missing; its log says which.
    if "CUDAExecutionProvider" not in gpu.get_providers():
        print("the CUDA provider did not load: was the container started with --gpus all?", file=sys.stderr)
        return 1

    (expected,), (result,) = (session.run(None, {"x": batch}) for session in (cpu, gpu))
    difference = float(np.abs(expected - result).max())
    print(f"ONNX Runtime {ort.__version__}: largest difference between GPU and CPU {difference:.2e}")
    for name, session in (("GPU", gpu), ("CPU", cpu)):
        print(f"{name}: {mean_seconds(session, batch, arguments.runs) * 1e3:.2f} ms for a batch of {arguments.batch}")
    return 0 if difference < 1e-3 else 1


if __name__ == "__main__":
    sys.exit(main())
