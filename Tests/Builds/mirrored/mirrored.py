"""Says where the image's packages come from, and what it still knows of the build."""

import ctypes
import json
import os
import pathlib
import ssl

import click

version = ctypes.c_int()
ctypes.CDLL("libcudart.so.12").cudaRuntimeGetVersion(ctypes.byref(version))
sources = [path.read_text() for path in pathlib.Path("/etc/apt").rglob("*") if path.suffix in (".list", ".sources")]
words = " ".join(line for text in sources for line in text.splitlines() if not line.startswith("#")).split()
print(json.dumps({
    "runtime": version.value,
    "click": click.__version__,
    "hosts": sorted({word.split("/")[2] for word in words if "://" in word}),
    "trusts": any("cudagen test CA" in str(certificate["subject"])
                  for certificate in ssl.create_default_context().get_ca_certs()),
    "downloaded": sorted(os.listdir("/srv")),
    "environment": dict(os.environ),
}))
