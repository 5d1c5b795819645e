extension Recipe.Key {
    var about: KeyDescription {
        switch self {
        case .schema:
            KeyDescription(
                "The version of the recipe's format. Another one is refused.", .text(.choice(["1"])),
                default: .value("1"), examples: ["1"])
        case .name:
            KeyDescription(
                "The application's name: `LABEL org.opencontainers.image.title`, unless `labels` has it.", .text(.name),
                examples: ["tensor-app"])
        case .image:
            KeyDescription(
                "Which CUDA, on which operating system, and where it comes from: `FROM`, and the packages of source "
                    + "`packages`.", .mapping(.image),
                examples: ["{cuda: 12.4.1, flavor: runtime, os: ubuntu22.04, cudnn: true}"])
        case .gpu:
            KeyDescription(
                "Which GPUs and driver libraries the container asks for, and which GPUs its code is for: `ENV`.",
                .mapping(.gpu), examples: ["{capabilities: [compute, utility]}"])
        case .system:
            KeyDescription(
                "Packages of the operating system: `RUN` of its package manager.", .mapping(.system),
                examples: ["{packages: [libgl1, ffmpeg]}"])
        case .python:
            KeyDescription(
                "Python and its packages, in an environment of their own: `RUN` and `ENV`.", .mapping(.python),
                examples: ["{requirements: requirements.txt}"])
        case .build:
            KeyDescription(
                "What is compiled, in a stage `build` with the CUDA compiler. Only its `artifacts` reach the image.",
                .mapping(.build),
                examples: ["{copy: [src/], run: [make], artifacts: [{from: app, to: /usr/local/bin/}]}"])
        case .args:
            KeyDescription(
                "Build arguments and their defaults: `ARG`. A name without a value has no default.",
                .table(names: .variableName, values: .line, mayBeEmpty: true), examples: ["{REVISION: unknown}"])
        case .copy:
            KeyDescription(
                "Files and folders of the build context: `COPY`.",
                .list(.either([.text(.contextPath), .mapping(.copy)])),
                examples: ["[app.py, {from: data/, to: /srv/data/}]"])
        case .env:
            KeyDescription(
                "Environment variables: `ENV`. A `$` expands nothing, but for a variable that holds itself.",
                .table(names: .variableName, values: .line), examples: ["{LOG_LEVEL: info}"])
        case .run:
            KeyDescription(
                "Shell commands, run as root after the files are copied: one `RUN` each.", .list(.text(.command)),
                examples: ["[python3 -m compileall /app]"])
        case .secrets:
            KeyDescription(
                "Build secrets, mounted while commands and Python's installers run: `--mount=type=secret`. They are "
                    + "never in a layer.", .list(.either([.text(.name), .mapping(.secret)]), .distinct),
                examples: ["[token, {id: netrc, target: /root/.netrc}]"])
        case .workdir:
            KeyDescription(
                "The working directory: `WORKDIR`.", .text(.absolutePath),
                default: .words("`/app` if something is copied there"), examples: ["/app"])
        case .user:
            KeyDescription(
                "The account that the application runs as: `useradd` and `USER`.",
                .either([.text(.user), .mapping(.user)]), default: .words("`app`; none without an application"),
                examples: ["{name: app, uid: 10001}", "\"10001:10001\""])
        case .expose:
            KeyDescription(
                "Ports that the application listens on: `EXPOSE`.", .list(.text(.port), .distinct),
                examples: ["[8080, 53/udp]"])
        case .volumes:
            KeyDescription(
                "Folders for data that outlives the container: `VOLUME`.", .list(.text(.absolutePath), .distinct),
                examples: ["[/data]"])
        case .healthcheck:
            KeyDescription(
                "How the engine asks whether the application is well: `HEALTHCHECK`. `none` switches an inherited check "
                    + "off.", .either([.mapping(.healthcheck), .text(.noHealthcheck)]),
                examples: ["{command: [curl, -f, \"http://localhost:8080/\"], interval: 30s}", "none"])
        case .stopSignal:
            KeyDescription(
                "What asks the application to end: `STOPSIGNAL`.", .text(.signal), examples: ["SIGINT"])
        case .labels:
            KeyDescription(
                "Labels of the image: `LABEL`.", .table(names: .labelName, values: .line),
                examples: ["{org.opencontainers.image.source: \"https://example.com/repo\"}"])
        case .entrypoint:
            KeyDescription(
                "The program that the container runs: `ENTRYPOINT` in exec form.", .words,
                examples: ["[python3, app.py]"])
        case .command:
            KeyDescription(
                "The program, or the arguments of `entrypoint`, unless the container is started with others: `CMD` in "
                    + "exec form.", .words, examples: ["[--port, \"8080\"]"])
        case .smoke:
            KeyDescription(
                "What the GPU smoke test of the image does. It changes nothing in the Dockerfile.", .mapping(.smoke),
                examples: ["{libraries: [cublas]}"])
        case .mirrors:
            KeyDescription(
                "Where downloads come from in place of the hosts that everybody's come from: `FROM`, `COPY`, `RUN`.",
                .mapping(.mirrors), examples: ["{nvidia: https://mirror.example.com/nvidia}"])
        case .reproducible:
            KeyDescription(
                "What makes two builds alike: `ARG SOURCE_DATE_EPOCH`, packages of one moment.",
                .mapping(.reproducible),
                examples: ["{epoch: 1700000000}"])
        }
    }
}

extension Recipe.SystemKey {
    var about: KeyDescription {
        switch self {
        case .packages:
            KeyDescription(
                "What is installed, in order of the alphabet. Packages that bring an NVIDIA driver are refused.",
                .list(.text(.package), .distinct), examples: ["[libgl1, \"curl=7.88*\"]"])
        }
    }
}

extension Recipe.GPU.Key {
    var about: KeyDescription {
        switch self {
        case .devices:
            KeyDescription(
                "The GPUs that the container asks for: `NVIDIA_VISIBLE_DEVICES`.",
                .either([.text(.devices), .list(.text(.devices), .distinct)]),
                default: .words("what the image has: `all`"), examples: ["all", "[0, 1]"])
        case .capabilities:
            KeyDescription(
                "The driver libraries that the container asks for: `NVIDIA_DRIVER_CAPABILITIES`.",
                .list(.text(.choice(of: DriverCapability.self)), .distinct),
                default: .words("what the image has: `compute,utility`"), examples: ["[compute, utility]"])
        case .architectures:
            KeyDescription(
                "The GPUs that code is compiled for: `CUDAARCHS`, `TORCH_CUDA_ARCH_LIST` and `FORCE_CUDA=1`, with "
                    + "`build` or flavor `devel`.", .list(.text(.architecture), .distinct),
                default: .words("one of each generation that the release compiles for, with PTX of the newest"),
                examples: ["[\"8.0\", 9.0+PTX]"])
        }
    }
}

extension Recipe.CopyStep.Key {
    static var required: [Self] { [.from] }

    /// What `from` holds, by the shape of a path.
    static func sources(_ path: TextShape) -> ValueShape {
        .either([.text(path), .list(.text(path), .filled)])
    }

    var about: KeyDescription {
        switch self {
        case .from:
            KeyDescription(
                "What is copied. Of a folder it is the contents.", Self.sources(.contextPath),
                examples: ["app.py", "[a.py, b.py]"])
        case .to:
            KeyDescription(
                "Where it goes. A folder ends in `/`, and several sources need one.", .text(.path),
                default: .words("the working directory"), examples: ["/srv/"])
        case .owner:
            KeyDescription(
                "Who owns it: `--chown`.", .text(.userIdentity), default: .words("root"),
                examples: ["\"10001:10001\"", "app"])
        }
    }
}

extension Recipe.Secret.Key {
    static var required: [Self] { [.id] }

    var about: KeyDescription {
        switch self {
        case .id: KeyDescription("What the secret is called when the image is built.", .text(.name), examples: ["pip"])
        case .target:
            KeyDescription(
                "The file that holds it while a command runs.", .text(.mountPath),
                default: .words("`/run/secrets/` and the id"), examples: ["/etc/pip.conf"])
        }
    }
}

extension Recipe.User.Key {
    var about: KeyDescription {
        switch self {
        case .name: KeyDescription("The account's name.", .text(.account), default: .value("app"), examples: ["heat"])
        case .uid:
            KeyDescription(
                "Its number. 0 is root, which is allowed with a note.", .text(.wholeNumber(RecipeRules.identities)),
                default: .value("10001"), examples: ["10001"])
        case .gid:
            KeyDescription(
                "The number of its group.", .text(.wholeNumber(RecipeRules.identities)), default: .words("the `uid`"),
                examples: ["10001"])
        }
    }
}

extension Recipe.HealthcheckStep.Key {
    static var required: [Self] { [.command] }

    var about: KeyDescription {
        switch self {
        case .command:
            KeyDescription(
                "The program that is run; it exits with 0 if all is well.", .words,
                examples: ["[curl, -f, \"http://localhost:8080/health\"]"])
        case .interval:
            KeyDescription("How long the engine waits between two checks.", .text(.duration), examples: ["30s"])
        case .timeout:
            KeyDescription("After how long a check has failed.", .text(.duration), examples: ["5s"])
        case .startPeriod:
            KeyDescription(
                "How long the application may take to start: failures do not count until then.", .text(.duration),
                examples: ["1m"])
        case .retries:
            KeyDescription(
                "How many failures in a row mean that the application is not well.",
                .text(.wholeNumber(RecipeRules.retries)), examples: ["3"])
        }
    }
}

extension Recipe.Smoke.Key {
    var about: KeyDescription {
        switch self {
        case .kernels:
            KeyDescription(
                "The kernels that are run, besides the vector addition, which always is. An empty list chooses no other.",
                .either([.text(.choice(["all"])), .list(.text(.kernel))]), default: .value("all"),
                examples: ["[reduction, tensor-cores]", "all"])
        case .libraries:
            KeyDescription(
                "The libraries that are opened and called. An empty list chooses none.", .list(.text(.library)),
                default: .words("those of the image"), examples: ["[cublas, cudnn]"])
        case .command:
            KeyDescription(
                "A program that is run last; it exits with 0 if all is well.", .words,
                examples: ["[python3, -c, \"import torch; torch.rand(8).cuda()\"]"])
        }
    }
}
