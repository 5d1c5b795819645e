"""Fits a small network to synthetic data and says what it ran on."""

import argparse
import sys
import time

import numpy as np
import tensorflow as tf


def spirals(count, seed):
    """Two interleaved spirals: points and the class of each."""
    random = np.random.default_rng(seed)
    label = random.integers(0, 2, count)
    turn = np.sqrt(random.uniform(0, 1, count)) * 3 * np.pi
    angle = turn + np.pi * label
    points = np.stack([turn * np.cos(angle), turn * np.sin(angle)], axis=1) / (3 * np.pi)
    points += random.normal(0, 0.01, points.shape)
    return points.astype(np.float32), label.astype(np.float32)


def network():
    layers = [tf.keras.layers.InputLayer(input_shape=(2,))]
    layers += [tf.keras.layers.Dense(128, activation="relu") for _ in range(3)]
    layers += [tf.keras.layers.Dense(1)]
    model = tf.keras.Sequential(layers)
    model.compile(
        optimizer=tf.keras.optimizers.Adam(3e-3),
        loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.0)],
    )
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--allow-cpu", action="store_true", help="don't fail where there is no GPU")
    arguments = parser.parse_args()

    build = tf.sysconfig.get_build_info()
    print(f"TensorFlow {tf.__version__}, built with CUDA {build.get('cuda_version')}, cuDNN {build.get('cudnn_version')}")
    gpus = tf.config.list_physical_devices("GPU")
    for gpu in gpus:
        details = tf.config.experimental.get_device_details(gpu)
        print(f"{gpu.name}: {details.get('device_name')}, compute capability {details.get('compute_capability')}")
    if not gpus:
        print("TensorFlow sees no GPU: was the container started with --gpus all?", file=sys.stderr)
        if not arguments.allow_cpu:
            return 1

    tf.random.set_seed(1)
    points, labels = spirals(8192, seed=1)
    model = network()
    start = time.perf_counter()
    model.fit(points, labels, batch_size=256, epochs=arguments.epochs, verbose=2)
    seconds = time.perf_counter() - start

    _, accuracy = model.evaluate(*spirals(2048, seed=2), verbose=0)
    device = model(points[:1]).device
    print(f"{arguments.epochs} epochs in {seconds:.1f} s on {device}, accuracy on new points {accuracy:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
