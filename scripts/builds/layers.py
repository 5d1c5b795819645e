"""Looks into every layer that a build added to its base: what must not be there, and how large each one is."""

import io
import json
import tarfile

# Prefixes of what a layer must not keep, and what is allowed below them.
FORBIDDEN = {
    "var/lib/apt/lists/": ("lock", "partial", "auxfiles"),
    "var/cache/apt/": ("archives", "archives/lock", "archives/partial"),
    "root/.cache/": (),
    "root/.gnupg/": (),
    "root/.local/share/uv/": (),
    "tmp/": (),
    "var/tmp/": (),
}


def scan(engine, image, base_layers, secrets):
    """Returns (findings, sizes): a line for each thing that must not be there, and bytes of each layer above the base."""
    findings, sizes = [], []
    for index, data in engine.layers(image):
        where = "its configuration" if index is None else f"layer {index}"
        for name, value in secrets.items():
            if value in data:
                findings.append(f"{where} holds the secret {name}")
        if index is None:
            check_configuration(json.loads(data), findings)
        elif index >= base_layers:
            sizes.append(len(data))
            findings += leftovers(data, where)
    return findings, sizes


def leftovers(data, where):
    found = []
    with tarfile.open(fileobj=io.BytesIO(data)) as layer:
        for member in layer:
            path = member.name.removeprefix("./")
            for prefix, allowed in FORBIDDEN.items():
                rest = path.removeprefix(prefix)
                if path.startswith(prefix) and not member.isdir() and rest not in allowed and ".wh." not in rest:
                    found.append(f"{where} keeps /{path}")
    return found


def check_configuration(configuration, findings):
    """No step may have taken its values from the machine that builds."""
    for variable in configuration["config"].get("Env") or ():
        if variable.lower().split("=")[0] in ("http_proxy", "https_proxy", "pip_index_url", "token"):
            findings.append(f"its configuration sets {variable.split('=')[0]}")


def count(engine, image):
    return sum(1 for index, _ in engine.layers(image) if index is not None)
