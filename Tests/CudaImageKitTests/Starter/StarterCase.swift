import CudaImageKit
import Testing

/// A folder and the recipe that it gets.
struct StarterCase: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String: String]
    var request: [PlanConstraint] = []

    var testDescription: String { name }

    func output() -> Starter.Output {
        Starter().recipe(
            for: ProjectFolder(name: name, texts: files),
            request: PlanRequest(request.map { Located($0, at: .option(Self.option(of: $0))) }))
    }

    private static func option(of constraint: PlanConstraint) -> String {
        switch constraint {
        case .driver: "--driver"
        case .gpu: "--gpu"
        case .os: "--os"
        case .source: "--source"
        case .flavor: "--flavor"
        case .cuda: "--cuda"
        case .platform: "--platform"
        case .python: "--python"
        default: "--framework"
        }
    }

    private static func driver(_ version: String) -> [PlanConstraint] {
        DriverVersion(version).map { [.driver($0)] } ?? []
    }

    static let all: [StarterCase] = [
        StarterCase(name: "empty-folder", files: [:]),
        StarterCase(
            name: "requirements-folder",
            files: [
                "requirements/base.txt": "numpy\n", "requirements/prod.txt": "-r base.txt\ntorch>=2.3,<2.5\n",
                "requirements/dev.txt": "pytest\n", ".python-version": "3.11.9\n",
                "trainer/__main__.py": "import torch\n", "trainer/__init__.py": "", "tests/test_a.py": "import torch\n",
            ]),
        StarterCase(
            name: "locked-project",
            files: [
                "pyproject.toml": """
                [project]
                name = "Locked Project"
                requires-python = ">=3.11,<3.12"
                dependencies = ["torch>=2.1"]
                [project.scripts]
                serve = "locked.cli:main"
                """,
                "uv.lock": "version = 1\n[[package]]\nname = \"torch\"\nversion = \"2.6.0\"\n",
                "locked/__init__.py": "", "locked/cli.py": "def main(): pass\n",
            ]),
        StarterCase(
            name: "listed-dependencies",
            files: [
                "pyproject.toml": """
                [project]
                name = "listed"
                dependencies = ["cupy-cuda12x==13.6.0", "numpy>=2; python_version >= '3.9'"]
                """, "main.py": "import cupy\n",
            ]),
        StarterCase(
            name: "project-with-indexes",
            files: [
                "pyproject.toml": """
                [project]
                name = "indexed"
                dependencies = ["torch==2.6.0", "acme-models==1.0", "acme-tools"]
                [tool.uv.sources]
                torch = {index = "pytorch"}
                acme-models = {index = "acme"}
                acme-windows = {index = "windows", marker = "sys_platform == 'win32'"}
                [[tool.uv.index]]
                name = "pytorch"
                url = "https://download.pytorch.org/whl/cu126"
                explicit = true
                [[tool.uv.index]]
                name = "acme"
                url = "https://packages.example.com/acme/simple"
                explicit = true
                [[tool.uv.index]]
                name = "windows"
                url = "https://packages.example.com/windows/simple"
                explicit = true
                [[tool.uv.index]]
                name = "tools"
                url = "https://user:secret@packages.example.com/tools/simple"
                [[tool.uv.index]]
                name = "mirror"
                url = "https://mirror.example.com/simple"
                default = true
                """, "main.py": "import torch\n",
            ]),
        StarterCase(
            name: "poetry",
            files: [
                "pyproject.toml": "[tool.poetry]\nname = \"verse\"\n[tool.poetry.dependencies]\ntorch = \"^2.4\"\n",
                "app.py": "import torch\n",
            ], request: driver("550.54.14")),
        StarterCase(
            name: "conda-environment",
            files: [
                "environment.yml":
                    "name: fft\ndependencies:\n  - python=3.11\n  - pytorch-cuda=12.1\n  - pip:\n      - rich\n",
                "run.py": "",
            ]),
        StarterCase(
            name: "cmake-linked",
            files: [
                "CMakeLists.txt": """
                cmake_minimum_required(VERSION 3.24...3.30)
                project(solver) # CUDA is enabled below
                enable_language(CUDA)
                find_package(CUDAToolkit REQUIRED)
                find_package(fmt REQUIRED)
                set(CMAKE_CUDA_ARCHITECTURES "80;90-real")
                add_subdirectory(tools)
                add_executable(${PROJECT_NAME} src/main.cu)
                target_link_libraries(${PROJECT_NAME} PRIVATE CUDA::cublas CUDA::cusolver_static cudnn fmt::fmt)
                #[[ add_executable(ghost a.cu) ]]
                add_executable(solver_test test.cu)
                """,
                "tools/CMakeLists.txt": "add_executable(convert convert.cpp)\n", "tools/convert.cpp": "",
                "src/main.cu": "int main() {}\n", "plot.py": "import numpy\n",
            ]),
        StarterCase(
            name: "cmake-library",
            files: [
                "CMakeLists.txt": """
                project(kernels LANGUAGES CXX CUDA)
                add_library(kernels SHARED kernels.cu)
                install(TARGETS kernels)
                """, "kernels.cu": "",
            ], request: [.os(OperatingSystem(.rockylinux, "9"))]),
        StarterCase(
            name: "makefile",
            files: [
                "Makefile": """
                NVCC ?= nvcc
                TARGET := saxpy
                .PHONY: all clean
                all: bin/$(TARGET)
                bin/$(TARGET): saxpy.cu
                \t$(NVCC) -o $@ $< -lcufft
                """, "saxpy.cu": "int main() {}\n",
            ]),
        StarterCase(
            name: "sources-alone", files: ["vector add.cu": "int main(int c, char **v) {}\n", "add.cuh": ""],
            request: [.gpu(GPU(capability: ComputeCapability(8, 9)))]),
        StarterCase(
            name: "torch-extension",
            files: [
                "setup.py": "from torch.utils.cpp_extension import CUDAExtension\n", "csrc/op.cu": "",
                "requirements.txt": "torch==2.4.0+cu121\n", "main.py": "import torch\n",
            ]),
        StarterCase(
            name: "dockerfile-cuda",
            files: [
                "Dockerfile": """
                ARG VERSION=12.4.1
                FROM nvidia/cuda:${VERSION}-devel-ubuntu22.04 AS build
                RUN make
                FROM nvidia/cuda:${VERSION}-cudnn-runtime-ubuntu22.04
                ENV LEVEL=1
                RUN apt-get update && apt-get install -y --no-install-recommends \\
                    libgl1 ffmpeg=7:4* \\
                    # for the build
                    python3-pip cuda-toolkit-12-4 && rm -rf /var/lib/apt/lists/*
                RUN <<END
                USER ghost
                END
                WORKDIR /srv
                COPY . .
                EXPOSE 8080 53/udp
                USER runner
                ENTRYPOINT ["python3", "serve.py"]
                CMD ["--port", "8080"]
                """, "requirements.txt": "numpy\n", "serve.py": "", ".dockerignore": "*\n",
            ]),
        StarterCase(
            name: "dockerfile-python",
            files: [
                "Dockerfile": "FROM python:3.12-slim-bookworm\nUSER 1000\nCMD python3 main.py\n",
                "requirements.txt": "cupy-cuda12x\n", "main.py": "",
            ]),
        StarterCase(
            name: "dockerfile-gone",
            files: [
                "Dockerfile": "FROM nvidia/cuda:11.4.0-runtime-ubuntu20.04\nCMD [\"./app\"]\n",
                "requirements.txt": "torch==2.8.0\n",
            ]),
        StarterCase(
            name: "driver-decides", files: ["requirements.txt": "torch\n", "main.py": ""],
            request: driver("525.60.13")),
    ]
}
