"""What the stand-in repositories hold: NVIDIA's package names, versions and folders, filled from NVIDIA's Python wheels.

Whatever NVIDIA's images pin is there, read from the facts. A package that the table below does not fill is hollow: it has
the name, the version and its folder in /usr/share/doc, and no library. Dependencies are those that carry weight here.
"""

import dataclasses

from judges.facts import Facts


@dataclasses.dataclass(frozen=True)
class Wheel:
    project: str
    version: str

    def __str__(self):
        return f"{self.project}=={self.version}"


@dataclasses.dataclass(frozen=True)
class Package:
    """A .deb. `unpack` maps folders of the wheel to folders of the package; `links` are (link, target)."""

    name: str
    version: str
    depends: tuple = ()
    wheel: Wheel | None = None
    unpack: tuple = ()
    links: tuple = ()
    files: tuple = ()  # (path, text)
    postinst: str = ""
    architecture: str = "amd64"
    is_big: bool = False  # its wheel is fetched with --big only


@dataclasses.dataclass(frozen=True)
class Release:
    """One CUDA release, and the official image whose pins the repository has to serve."""

    cuda: str
    tag: str

    @property
    def dashed(self):
        return "-".join(self.cuda.split(".")[:2])

    @property
    def prefix(self):
        return "usr/local/cuda-" + ".".join(self.cuda.split(".")[:2])

    @property
    def target(self):
        return self.prefix + "/targets/x86_64-linux"


CUDA_12 = Release("12.4.1", "12.4.1-devel-ubuntu22.04")
CUDA_13 = Release("13.0.2", "13.0.2-devel-ubuntu24.04")

_RUNTIME_12 = Wheel("nvidia-cuda-runtime-cu12", "12.4.127")
_RUNTIME_13 = Wheel("nvidia-cuda-runtime", "13.0.96")
_NVCC_13 = Wheel("nvidia-cuda-nvcc", "13.0.88")
_NVVM_13 = Wheel("nvidia-nvvm", "13.0.88")


def _common(release, version):
    """The folders, linker paths and alternatives that every package of a release stands on."""
    dashed, prefix, major = release.dashed, release.prefix, release.cuda.split(".")[0]
    priority = dashed.replace("-", "")
    config = f"cuda-toolkit-{dashed}-config-common"
    return [
        Package("cuda-toolkit-config-common", version, architecture="all", files=(
            ("etc/ld.so.conf.d/000_cuda.conf", "/usr/local/cuda/targets/x86_64-linux/lib\n"),)),
        Package(f"cuda-toolkit-{major}-config-common", version, architecture="all", files=(
            (f"etc/ld.so.conf.d/988_cuda-{major}.conf",
             f"/usr/local/cuda-{major}/targets/x86_64-linux/lib\n"),)),
        Package(config, version, (f"cuda-toolkit-{major}-config-common", "cuda-toolkit-config-common"),
                links=((f"{prefix}/lib64", "targets/x86_64-linux/lib"),
                       (f"{prefix}/include", "targets/x86_64-linux/include")),
                architecture="all",
                postinst="#!/bin/sh\nset -e\n"
                         f"update-alternatives --install /usr/local/cuda cuda /{prefix} {priority}\n"
                         f"update-alternatives --install /usr/local/cuda-{major} cuda-{major} /{prefix} {priority}\n"
                         "ldconfig\n"),
    ]


def _filled_12():
    release = CUDA_12
    lib, include = release.target + "/lib", release.target + "/include"
    config = ("cuda-toolkit-12-4-config-common",)
    version = "12.4.127-1"
    return _common(release, version) + [
        Package("cuda-cudart-12-4", version, config, _RUNTIME_12, (("nvidia/cuda_runtime/lib", lib),)),
        Package("cuda-cudart-dev-12-4", version, ("cuda-cudart-12-4 (>= 12.4.127)",), _RUNTIME_12,
                (("nvidia/cuda_runtime/include", include),), links=((f"{lib}/libcudart.so", "libcudart.so.12"),)),
        Package("cuda-nvrtc-12-4", version, config, Wheel("nvidia-cuda-nvrtc-cu12", "12.4.127"),
                (("nvidia/cuda_nvrtc/lib", lib),)),
        Package("cuda-nvtx-12-4", version, config, Wheel("nvidia-nvtx-cu12", "12.4.127"), (("nvidia/nvtx/lib", lib),)),
        Package("cuda-compat-12-4", "550.54.15-1", config),
        Package("libcublas-12-4", "12.4.5.8-1", config, Wheel("nvidia-cublas-cu12", "12.4.5.8"),
                (("nvidia/cublas/lib", lib),), is_big=True),
        Package("libnccl2", "2.21.5-1+cuda12.4", (), Wheel("nvidia-nccl-cu12", "2.21.5"),
                (("nvidia/nccl/lib", "usr/lib/x86_64-linux-gnu"),), is_big=True),
        Package("cuda-libraries-12-4", "12.4.1-1", ("cuda-cudart-12-4", "cuda-nvrtc-12-4", "libcublas-12-4")),
        # The wheels of 12.4 hold headers of nvcc, but no nvcc: this one compiles for the host alone.
        Package("cuda-crt-12-4", "12.4.131-1", config, Wheel("nvidia-cuda-nvcc-cu12", "12.4.131"),
                (("nvidia/cuda_nvcc/include", include),)),
        Package("cuda-nvcc-12-4", "12.4.131-1", ("build-essential", "cuda-crt-12-4")),
        Package("cuda-minimal-build-12-4", "12.4.1-1", ("cuda-nvcc-12-4", "cuda-cudart-dev-12-4")),
    ]


def _filled_13():
    release = CUDA_13
    prefix, lib, include = release.prefix, release.target + "/lib", release.target + "/include"
    config = ("cuda-toolkit-13-0-config-common",)
    top = "nvidia/cu13"
    return _common(release, "13.0.96-1") + [
        Package("cuda-cudart-13-0", "13.0.96-1", config, _RUNTIME_13, ((f"{top}/lib/libcudart.so.13", lib),)),
        Package("cuda-cudart-dev-13-0", "13.0.96-1", ("cuda-cudart-13-0 (>= 13.0.96)", "cuda-cccl-13-0"), _RUNTIME_13,
                ((f"{top}/include", include), (f"{top}/lib/libcudart_static.a", lib), (f"{top}/lib/libcudadevrt.a", lib)),
                links=((f"{lib}/libcudart.so", "libcudart.so.13"),)),
        Package("cuda-cccl-13-0", "13.0.85-1", config, Wheel("nvidia-cuda-cccl", "13.0.85"),
                ((f"{top}/include", include),)),
        Package("cuda-crt-13-0", "13.0.88-1", config, Wheel("nvidia-cuda-crt", "13.0.88"),
                ((f"{top}/include", include),)),
        Package("libnvvm-13-0", "13.0.88-1", config, _NVVM_13, ((f"{top}/nvvm", f"{prefix}/nvvm"),)),
        Package("cuda-nvcc-13-0", "13.0.88-1", ("build-essential", "cuda-crt-13-0", "libnvvm-13-0"), _NVCC_13,
                ((f"{top}/bin", f"{prefix}/bin"), (f"{top}/include", include))),
        Package("cuda-minimal-build-13-0", "13.0.2-1", ("cuda-nvcc-13-0", "cuda-cudart-dev-13-0")),
        Package("cuda-compat-13-0", "580.95.05-1", config),
    ]


def packages_of(release):
    """All packages of a release's repository: the filled ones, and hollow ones for the other pins of its image."""
    filled = {CUDA_12: _filled_12, CUDA_13: _filled_13}[release]()
    names = {package.name for package in filled}
    contents = next(expectation.contents for expectation in Facts().expectations()
                    if expectation.tag == release.tag and expectation.architecture in ("amd64", "x86_64"))
    pins = sorted(pin.split("=", 1) for pin in contents.packages if "=" in pin)
    return filled + [Package(name, version) for name, version in pins if name not in names]


# Revisions that NVIDIA never made. A hollow one that gets into an image takes its library away.
NEWER = (
    *(dataclasses.replace(package, version="12.4.127-2") for package in _filled_12() if package.name == "cuda-nvrtc-12-4"),
    Package("cuda-cudart-12-4", "12.4.127-2", ("cuda-toolkit-12-4-config-common",)),
    Package("cuda-compat-12-4", "550.54.15-2", ("cuda-toolkit-12-4-config-common",)),
    Package("libcublas-12-4", "12.4.5.8-2", ("cuda-toolkit-12-4-config-common",)),
    Package("libnccl2", "2.21.5-2+cuda12.4"),
)
