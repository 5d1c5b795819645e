extension Recipe.Image.Key {
    var about: KeyDescription {
        switch self {
        case .cuda:
            KeyDescription(
                "The CUDA release. An incomplete one becomes the newest that has the rest, and `resolve` chooses it by "
                    + "the frameworks in `python` and by `gpu.architectures`.",
                .either([.text(.cudaRelease), .text(.choice(["resolve"]))]),
                default: .words("the newest release that has the rest"), examples: ["12.4.1", "\"12.4\"", "resolve"])
        case .flavor:
            KeyDescription(
                "How much of CUDA is in the image: `base` has the CUDA runtime alone, `runtime` the math libraries and "
                    + "NCCL, `devel` the compiler.", .text(.choice(of: Flavor.self)), default: .value("runtime"),
                examples: ["devel"])
        case .os:
            KeyDescription(
                "The operating system. Other names, such as `jammy`, are refused with the one that is meant.",
                .text(.operatingSystem), default: .words("the base's, or the newest Ubuntu that has the release"),
                examples: ["ubuntu22.04", "ubi9", "debian12"])
        case .cudnn:
            KeyDescription(
                "Whether cuDNN is in the image, and which major version. It needs flavor `runtime` or `devel`.",
                .text(.cudnn), default: .value("false"), examples: ["true", "8"])
        case .source:
            KeyDescription(
                "Where CUDA comes from: NVIDIA's `image`, NVIDIA's `packages` on any base, or the `wheels` of Python "
                    + "packages.", .text(.choice(of: ImageSource.self)),
                default: .words("`image`; `packages` with a `base`"), examples: ["packages"])
        case .base:
            KeyDescription(
                "The image that `packages` and `wheels` start from.", .text(.imageReference),
                default: .words("what NVIDIA's own image starts from; with `wheels` a `python` image"),
                examples: ["debian:12", "registry.example.com/team/base:1.2"])
        case .platforms:
            KeyDescription(
                "What the image is built for. `amd64`, `x86_64`, `arm64`, `aarch64` and `ppc64le` are taken, too.",
                .list(.text(.platform), .distinct), default: .value("[linux/amd64]"),
                examples: ["[linux/amd64, linux/arm64]"])
        }
    }
}

extension Recipe.Python.Key {
    var about: KeyDescription {
        switch self {
        case .version:
            KeyDescription(
                "The Python release. Another one than the image's own is downloaded by uv or conda.",
                .text(.pythonRelease),
                default: .words("the operating system's or the base's; conda's choice with conda"),
                examples: ["\"3.12\""])
        case .manager:
            KeyDescription(
                "What installs the packages: pip and uv into `/opt/venv`, conda into `/opt/conda`.",
                .text(.choice(of: PythonManager.self)), default: .words("`pip`; `uv` with a `project`"),
                examples: ["uv"])
        case .requirements:
            KeyDescription(
                "A requirements file; not with conda.", .text(.contextFile), examples: ["requirements.txt"])
        case .packages:
            KeyDescription(
                "What is installed. Options, files and folders are refused.", .list(.text(.requirement)),
                examples: ["[numpy==1.26.4]"])
        case .index:
            KeyDescription(
                "The package index; not with conda. A URL with a user name or password is refused.", .text(.index),
                default: .words("the manager's own"), examples: ["\"https://mirror.example.com/simple\""])
        case .extraIndexes:
            KeyDescription(
                "Indexes that are searched as well; not with conda.", .list(.text(.index)),
                examples: ["[\"https://download.pytorch.org/whl/cu124\"]"])
        case .project:
            KeyDescription(
                "A folder with `pyproject.toml` and `uv.lock`, whose locked dependencies are installed; uv only.",
                .text(.contextFile), examples: ["."])
        case .environmentFile:
            KeyDescription("An `environment.yml`; conda only.", .text(.contextFile), examples: ["environment.yml"])
        case .channels:
            KeyDescription(
                "The channels that are searched, in this order; conda only.", .list(.text(.channel)),
                default: .value("[conda-forge]"), examples: ["[conda-forge, nvidia]"])
        }
    }
}

extension Recipe.Build.Key {
    var about: KeyDescription {
        switch self {
        case .packages:
            KeyDescription(
                "Packages of the operating system that the build needs.", .list(.text(.package)),
                examples: ["[cmake, ninja-build]"])
        case .copy:
            KeyDescription(
                "Files and folders of the build context.", Recipe.Key.copy.about.value, examples: ["[src/]"])
        case .env:
            KeyDescription("Environment variables of the stage.", Recipe.Key.env.about.value, examples: ["{CC: gcc}"])
        case .run:
            KeyDescription(
                "Shell commands, one `RUN` each.", Recipe.Key.run.about.value,
                examples: ["[cmake -B out, cmake --build out]"])
        case .workdir:
            KeyDescription(
                "Where the commands run.", .text(.absolutePath), default: .value("/src"), examples: ["/src"])
        case .artifacts:
            KeyDescription(
                "What is copied into the image. Sources are seen from `build.workdir`, or absolute.",
                .list(.either([.text(.path), .mapping(.artifact)])),
                examples: ["[{from: out/app, to: /usr/local/bin/}]"])
        }
    }
}
