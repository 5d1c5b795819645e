extension Resolver {
    /// Refuses what source `wheels` can't do, with the reason.
    ///
    /// - Returns: whether there are Python packages that may bring CUDA.
    mutating func checkWheels() -> Bool {
        if let flavor = recipe.image.flavor {
            diagnostics.error(
                .conflictingKeys, "source 'wheels' has no flavor: the image has none of NVIDIA's packages",
                at: flavor.span, help: "leave it out; compile in 'build', which has nvcc")
        }
        if let cudnn = recipe.image.cudnn, cudnn.value != .without {
            diagnostics.error(
                .conflictingKeys, "with source 'wheels' cuDNN comes with the Python packages, in the version they need",
                at: cudnn.span, help: "leave it out")
        }
        guard let python = recipe.python else {
            guard isRead("python") else { return false }
            diagnostics.error(
                .missingKey, "source 'wheels' needs Python packages that bring CUDA, and there is no 'python'",
                at: recipe.image.source?.span,
                help: "add them, such as python: {packages: [torch]}, or use source 'image' or 'packages'")
            return false
        }
        if python.manager?.value == .conda {
            diagnostics.error(
                .conflictingKeys, "conda installs no wheels: its channels have packages of CUDA of their own",
                at: python.manager?.span ?? python.span,
                help: "use the manager pip or uv; or source 'image' with flavor 'base' for conda")
        }
        for requirement in recipe.frameworkPins.requirements {
            let name = requirement.value.text
            if requirement.value.takesCUDAFromImage {
                diagnostics.error(
                    .noCUDAInWheels, "'\(name)' takes CUDA's libraries from the image, which has none",
                    at: requirement.span,
                    help: "use the extra without '-local', or source 'image'")
            } else if requirement.value.specifiers.isForCPU {
                diagnostics.error(
                    .noCUDAInWheels, "'\(name)' is a build for the CPU", at: requirement.span,
                    help: "leave out '+cpu': cudagen takes the build with CUDA")
            }
        }
        for index in recipe.packageIndexes where PythonTools.isPyTorchIndexForCPU(index.value) {
            diagnostics.error(
                .noCUDAInWheels, "PyTorch's index '\(index.value)' has builds for the CPU", at: index.span,
                help: "leave it out: cudagen takes the index of the build with CUDA")
        }
        if !diagnostics.hasErrors {
            checkThatSomethingBringsCUDA(python)
            checkHiddenPyTorch()
        }
        return !diagnostics.hasErrors
    }

    private mutating func checkThatSomethingBringsCUDA(_ python: Recipe.Python) {
        let names = recipe.frameworkPins.requirements.map { PythonRequirement.normalized($0.value.name) }
        let brings = zip(names, recipe.frameworkPins.requirements).contains { name, requirement in
            Framework(package: name) != nil || Self.needsPyTorch.contains(name)
                || requirement.value.cuda != nil && name.hasPrefix("nvidia-")
        }
        guard !brings, recipe.frameworkPins.diagnostics.all.isEmpty else { return }
        let frameworks = Framework.allCases.map(\.rawValue).joined(separator: ", ")
        diagnostics.warning(
            .noCUDAInWheels, "none of the Python packages is known to bring CUDA's libraries", at: python.span,
            notes: ["known are \(frameworks) and NVIDIA's own, such as nvidia-cuda-runtime-cu12"],
            help: "add those that the application loads, or use source 'image'")
    }

    /// Warns of packages that bring PyTorch along where a release of CUDA was asked for: of what nobody names, pip takes the
    /// newest.
    mutating func checkHiddenPyTorch() {
        let requirements = recipe.frameworkPins.requirements
        let isNamed = requirements.contains { [.torch, .vllm].contains(Framework(package: $0.value.name)) }
        guard let cuda = recipe.image.cuda, !isNamed else { return }
        for requirement in requirements
        where Self.needsPyTorch.contains(PythonRequirement.normalized(requirement.value.name)) {
            diagnostics.warning(
                .wheelIndex,
                "'\(requirement.value.name)' needs PyTorch, whose newest release need not be for CUDA \(cuda.value)",
                at: requirement.span, help: "add torch: cudagen takes its build for CUDA \(cuda.value)")
        }
    }

    /// A project's lock file is installed as it is: a framework that needs an extra for CUDA must have it there.
    mutating func checkProject(_ builds: [FrameworkRelease]) {
        for requirement in requirements(of: .project) {
            guard let framework = Framework(package: requirement.value.name), requirement.value.url == nil,
                let build = builds.first(where: { $0.framework == framework })
            else { continue }
            let asked = requirement.value.text
            let needed = requirement.value.completed(with: build.wheelsRequirement ?? build.requirement)
            let extras = PythonRequirement(needed)?.extras ?? []
            if extras.count > requirement.value.extras.count {
                diagnostics.error(
                    .noCUDAInWheels, "'\(asked)' does not bring CUDA, and the lock file is installed as it is",
                    at: requirement.span,
                    help: "write \(requirement.value.name)[\(extras.joined(separator: ","))] and run 'uv lock'")
            } else if let place = build.index.place {
                diagnostics.warning(
                    .wheelIndex,
                    "whether the lock file has \(framework) for CUDA \(build.cuda?.description ?? "") is not read",
                    at: requirement.span,
                    help: "name the index \(place.url) for \(framework) in [tool.uv.sources] and run 'uv lock'")
            }
        }
    }

    /// pip takes no requirement without a hash beside others that have one.
    mutating func checkHashes(_ additions: [String]) {
        guard recipe.frameworkPins.hasHashes, !additions.isEmpty, let file = recipe.python?.requirements else { return }
        diagnostics.error(
            .noCUDAInWheels, "'\(file.value)' has hashes, so it has to name the build that brings CUDA itself",
            at: file.span, help: "write \(additions.joined(separator: ", ")) there, with the hashes of its wheels")
    }
}
