import CudaImageKit

extension GoldenCase {
    static let all = official + bases + old + wheels + applications + mirrors

    /// `FROM nvidia/cuda`, and the packages that NVIDIA's own images install.
    private static let official = [
        GoldenCase(
            "tutorial", ImageOptions(cuda: "11.4.0", flavor: .runtime, os: "ubuntu20.04"),
            recipe: """
                image: {cudnn: true}
                python:
                  manager: pip
                  packages: [tensorflow==2.6.0, keras==2.6.0, tensorflow-estimator==2.6.0, tensorboard==2.6.0, protobuf==3.20.3]
                copy: [tensor-code.py]
                entrypoint: [python3, tensor-code.py]
                """),
        GoldenCase("bare-tag", ImageOptions(cuda: "12.4.1", flavor: .base, os: "ubuntu22.04")),
        GoldenCase("bare-tag-cudnn", ImageOptions(cuda: "12.4", flavor: .devel, os: "ubi9", cudnn: .any)),
        GoldenCase(
            "packages-ubuntu", ImageOptions(cuda: "12.4.1", flavor: .runtime, os: "ubuntu22.04", source: .packages)),
        GoldenCase(
            "packages-ubuntu-devel-cudnn",
            ImageOptions(cuda: "12.8.1", flavor: .devel, os: "ubuntu24.04", cudnn: .any, source: .packages)),
        GoldenCase(
            "packages-two-platforms",
            ImageOptions(
                cuda: "12.4.1", flavor: .runtime, os: "ubuntu22.04", source: .packages,
                on: [.linuxAMD64, .linuxARM64])),
        GoldenCase(
            "packages-tensorrt",
            ImageOptions(
                cuda: "13.0", flavor: .runtime, os: "ubuntu24.04", cudnn: .tensorRT, source: .packages,
                on: [.linuxARM64])),
    ]

    /// Packages on each package manager, and on bases that NVIDIA publishes no image for.
    private static let bases = [
        GoldenCase(
            "packages-rocky", ImageOptions(cuda: "12.6.3", os: "rockylinux9", cudnn: .major(9), source: .packages)),
        GoldenCase("packages-ubi-minimal", ImageOptions(cuda: "12.6.3", base: "registry.example.com/ubi9-minimal:9.4")),
        GoldenCase("packages-azurelinux", ImageOptions(cuda: "12.9", os: "azl3", source: .packages)),
        GoldenCase("packages-opensuse", ImageOptions(cuda: "13.0.2", os: "opensuse15", source: .packages)),
        GoldenCase("packages-amazonlinux", ImageOptions(cuda: "12.8.1", os: "amzn2023", source: .packages)),
        GoldenCase("packages-debian12", ImageOptions(cuda: "12.4", base: "debian:12")),
        GoldenCase("packages-debian13", ImageOptions(cuda: "13.0", base: "debian:trixie-slim")),
        GoldenCase("packages-python-slim", ImageOptions(cuda: "12.9.1", base: "python:3.12-slim-bookworm")),
    ]

    /// Releases whose libraries come from archives, and whose `/usr/local/cuda` is a symbolic link.
    private static let old = [
        GoldenCase(
            "packages-cuda8",
            ImageOptions(cuda: "8.0", flavor: .devel, os: "ubuntu16.04", cudnn: .major(6), source: .packages)),
        GoldenCase(
            "packages-cuda10.2-centos",
            ImageOptions(cuda: "10.2", flavor: .devel, os: "centos7", cudnn: .major(7), source: .packages)),
    ]

    /// CUDA from Python packages.
    private static let wheels = [
        GoldenCase(
            "wheels-torch", ImageOptions(source: .wheels),
            recipe: """
                image: {cuda: 12.6}
                python: {version: "3.12", packages: [torch, torchvision, numpy==2.1.3]}
                copy: [app.py]
                entrypoint: [python, app.py]
                """),
        GoldenCase(
            "wheels-tensorflow-uv", ImageOptions(source: .wheels, base: "python:3.11-slim-bookworm"),
            recipe: """
                gpu: {devices: [0], capabilities: [compute, utility, graphics]}
                python: {manager: uv, packages: ["tensorflow>=2.16,<2.19", "keras"], index: https://example.com/simple}
                entrypoint: [python, -m, app]
                """),
        GoldenCase(
            "wheels-jax-two-platforms", ImageOptions(os: "ubuntu24.04", on: [.linuxAMD64, .linuxARM64]),
            recipe: """
                image: {source: wheels}
                python: {packages: [jax, cupy-cuda12x==13.3.0]}
                entrypoint: [python, app.py]
                """),
        GoldenCase(
            "wheels-builder", ImageOptions(base: "registry.example.com/ubi9-minimal:9.4"),
            recipe: """
                image: {source: wheels, cuda: 12.8}
                python: {version: "3.12", manager: uv, packages: [torch]}
                build: {packages: [make], copy: [src/], run: [make], artifacts: [{from: libheat.so, to: /usr/local/lib/}]}
                copy: [app.py]
                entrypoint: [python, app.py]
                """),
    ]

    /// A site without the internet, for each package manager; and builds that are to be alike.
    private static let mirrors = [
        GoldenCase(
            "mirrors-debian", ImageOptions(cuda: "12.4.1", base: "debian:12"),
            recipe: """
                mirrors:
                  only: true
                  images: {docker.io/library: registry.example.com/hub/library, docker.io: registry.example.com/hub}
                  nvidia: https://mirror.example.com/nvidia
                  nvidia-key: {file: site/nvidia.asc, fingerprint: 0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567}
                  debian:
                    archive: https://mirror.example.com/debian
                    security: https://mirror.example.com/debian-security
                  pypi: https://pypi.example.com/simple
                  certificates: [site/authority.pem, site/proxy.pem]
                  secrets: [{id: apt, target: /etc/apt/auth.conf.d/mirror.conf}, {id: netrc, target: /root/.netrc}]
                python: {packages: [numpy==2.1.3]}
                copy: [app.py]
                entrypoint: [python3, app.py]
                """),
        GoldenCase(
            "mirrors-ubuntu-image", ImageOptions(cuda: "12.4.1", flavor: .runtime, os: "ubuntu22.04"),
            recipe: """
                mirrors:
                  only: true
                  images: registry.example.com
                  nvidia: https://mirror.example.com/nvidia
                  nvidia-key: {url: "https://mirror.example.com/keys/nvidia.asc", fingerprint: 0123456789abcdef0123456789abcdef01234567}
                  ubuntu: http://mirror.example.com/ubuntu
                  certificates: [site/authority.pem]
                build:
                  packages: [cmake]
                  copy: [src/]
                  run: [cmake -S . -B out && cmake --build out]
                  artifacts: [{from: out/app, to: /usr/local/bin/}]
                entrypoint: [app]
                """),
        GoldenCase(
            "mirrors-rocky", ImageOptions(cuda: "12.6.3", flavor: .base, os: "rockylinux9", source: .packages),
            recipe: """
                mirrors:
                  only: true
                  images: registry.example.com
                  nvidia: https://mirror.example.com/nvidia
                  nvidia-key: {file: site/nvidia.asc, fingerprint: 0123456789abcdef0123456789abcdef01234567}
                  rpm: [site/rocky9.repo]
                  pypi: https://pypi.example.com/simple
                  github: https://mirror.example.com/github
                  certificates: [site/authority.pem]
                  secrets: [{id: netrc, target: /root/.netrc}]
                python: {manager: uv, version: "3.12", packages: [numpy==2.1.3]}
                entrypoint: [python3, -m, numpy]
                """),
        GoldenCase(
            "mirrors-ubi-image", ImageOptions(cuda: "12.6.3", flavor: .base, os: "ubi9"),
            recipe: """
                mirrors:
                  only: true
                  images: registry.example.com
                  nvidia: https://mirror.example.com/nvidia
                  rpm: [site/ubi9.repo, site/more.repo]
                system: {packages: [gzip]}
                """),
        GoldenCase(
            "mirrors-opensuse", ImageOptions(cuda: "13.0.2", flavor: .base, os: "opensuse15", source: .packages),
            recipe: """
                mirrors:
                  images: registry.example.com
                  nvidia: https://mirror.example.com/nvidia
                  rpm: [site/leap.repo]
                  certificates: [site/authority.pem]
                """),
        GoldenCase(
            "mirrors-opensuse-image", ImageOptions(cuda: "13.0.2", flavor: .base, os: "opensuse15"),
            recipe: """
                mirrors:
                  only: true
                  images: registry.example.com
                  nvidia: https://mirror.example.com/nvidia
                  nvidia-key: {file: site/nvidia.asc, fingerprint: 0123456789abcdef0123456789abcdef01234567}
                  rpm: [site/leap.repo]
                system: {packages: [git]}
                """),
        GoldenCase(
            "mirrors-wheels", ImageOptions(cuda: "12.6", source: .wheels),
            recipe: """
                mirrors:
                  only: true
                  images: registry.example.com
                  debian: {archive: "http://mirror.example.com/debian", security: "http://mirror.example.com/security"}
                  pypi: https://pypi.example.com/simple
                  pytorch: https://mirror.example.com/pytorch
                  certificates: [site/authority.pem]
                python: {version: "3.12", packages: [torch, numpy==2.1.3]}
                copy: [app.py]
                entrypoint: [python, app.py]
                """),
        GoldenCase(
            "mirrors-conda", ImageOptions(cuda: "12.4.1", flavor: .base, os: "ubuntu22.04"),
            recipe: """
                mirrors:
                  only: true
                  images: registry.example.com
                  nvidia: http://mirror.example.com/nvidia
                  ubuntu: http://mirror.example.com/ubuntu
                  conda: https://mirror.example.com/conda
                  github: https://mirror.example.com/github
                python: {version: "3.12", manager: conda, packages: [numpy], channels: [conda-forge, nvidia]}
                """),
        GoldenCase(
            "reproducible-ubuntu", ImageOptions(cuda: "12.6.3", flavor: .base, os: "ubuntu24.04", source: .packages),
            recipe: """
                reproducible: {snapshot: 20250901T000000Z}
                """),
        GoldenCase(
            "reproducible-debian", ImageOptions(cuda: "12.4.1", flavor: .base, base: "debian:12"),
            recipe: """
                reproducible: {snapshot: 20250901T000000Z, epoch: 1700000000}
                """),
    ]

    private static let applications = [
        GoldenCase(
            "uv", ImageOptions(cuda: "12.8.1", os: "ubuntu22.04"),
            recipe: """
                name: trainer
                python:
                  version: "3.12"
                  manager: uv
                  requirements: requirements.txt
                  packages: ["torch==2.7.1", "numpy; python_version < '3.13'"]
                  extra-indexes: [https://download.pytorch.org/whl/cu128]
                copy: [{from: [train.py, data.py], to: ./}]
                run: ["python3 -c 'import torch'"]
                entrypoint: [python3, train.py]
                """),
        GoldenCase(
            "conda-two-platforms",
            ImageOptions(cuda: "12.4.1", flavor: .base, os: "ubuntu22.04", on: [.linuxAMD64, .linuxARM64]),
            recipe: """
                python: {version: "3.12", manager: conda, packages: [pytorch=2.5], channels: [conda-forge, nvidia]}
                copy: [app.py]
                entrypoint: [python3, app.py]
                """),
        GoldenCase(
            "conda-environment-file", ImageOptions(cuda: "12.4.1", flavor: .base, os: "ubuntu22.04"),
            recipe: """
                python: {manager: conda, environment-file: environment.yml}
                """),
        GoldenCase(
            "builder-two-platforms",
            ImageOptions(
                cuda: "12.6.3", flavor: .runtime, os: "ubuntu24.04", source: .packages,
                on: [.linuxAMD64, .linuxARM64]),
            recipe: """
                name: simulation
                gpu: {architectures: ["8.0", "9.0+PTX"], capabilities: [compute, utility, graphics]}
                args: {REVISION: main, BUILD_ID: }
                system: {packages: [libopenmpi3]}
                build:
                  packages: [ninja-build, cmake]
                  copy: [CMakeLists.txt, {from: src, to: src/}]
                  env: {CXXFLAGS: -O3}
                  run:
                    - |
                      cmake -S . -B build -G Ninja
                      cmake --build build
                  artifacts: [{from: build/simulate, to: /usr/local/bin/}]
                entrypoint: [simulate]
                """),
        GoldenCase(
            "service-with-secrets", ImageOptions(cuda: "12.6.3", os: "ubuntu22.04"),
            recipe: """
                name: service
                python: {manager: pip, requirements: requirements.txt, index: https://pypi.example.com/simple}
                secrets: [{id: pip, target: /etc/pip.conf}, netrc]
                env: {GREETING: "say \\"hi\\" for $5", EMPTY: ""}
                volumes: [/data, "/var/my cache"]
                run: ["test -s /run/secrets/netrc"]
                user: {name: service, uid: 20000, gid: 20001}
                expose: [8080, 53/udp]
                healthcheck: {command: [python3, -m, service.health], interval: 30s, timeout: 5s, retries: 3}
                stop-signal: SIGINT
                labels: {org.opencontainers.image.description: A service}
                entrypoint: [python3, -m, service]
                command: [--port, "8080"]
                """),
        GoldenCase(
            "python-private-index", ImageOptions(cuda: "12.4.1", flavor: .base, base: "python:3.12-slim-bookworm"),
            recipe: """
                python:
                  version: "3.11"
                  packages: [numpy==1.26.4]
                  index: https://packages.example.com/simple
                  extra-indexes: [https://download.pytorch.org/whl/cu124, https://mirror.example.com/simple]
                secrets: [{id: netrc, target: /root/.netrc}]
                entrypoint: [python3, -m, numpy]
                """),
        GoldenCase(
            "root-devel", ImageOptions(cuda: "12.9.1", flavor: .devel, os: "ubuntu24.04"),
            recipe: """
                user: root
                system: {packages: [git, cmake]}
                run: [apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*]
                command: [bash]
                """),
    ]
}
