#!/bin/sh
# Says which GPUs the container sees.
exec nvidia-smi -L
