/// What is known of an image before its smoke test is decided: the common part of cudagen's own images and others.
struct SmokeSubject {
    var image: Decision<ImageReference>
    var name: String
    var cuda: Decision<CUDAVersion>
    var os: OperatingSystem
    var flavor: Flavor
    /// The major version of cuDNN in the image.
    var cudnn: Int?
    /// Values of `NVIDIA_REQUIRE_CUDA`.
    var conditions: [String]
    var needsBuild = false
    var hasNCCL = true
    /// Whether CUDA's libraries are in the folders of Python packages, where nothing but these packages looks.
    var hasWheels = false
    /// Why these libraries, if it is not the flavor.
    var librariesReason: Reason?
    var smoke: Recipe.Smoke?
    /// What the user compiles for.
    var architectures: Decision<[ComputeCapability]>?
    var timeoutSeconds: Int?
    /// The image as the caller named it.
    var named: ImageReference?
    /// Where the recipe comes from.
    var origin = SmokeTestPlan.Origin.none

    /// The oldest CUDA whose compiler takes the program.
    static let oldestRelease = CUDAVersion(10, 0)
    /// The cuDNN versions whose functions the program calls.
    static let cudnnVersions = 7...9

    /// Decides the smoke test; every mistake of the recipe is reported in one run.
    func plan(catalog: Catalog) throws(DiagnosticError) -> SmokeTestPlan {
        let cuda = cuda.value
        guard cuda >= Self.oldestRelease else {
            throw .smoke(
                .notSupported, "the smoke test's program needs CUDA \(Self.oldestRelease) or newer, not \(cuda)")
        }
        guard let builder = SmokeBuilder.choose(for: cuda, on: os, catalog: catalog) else {
            throw .smoke(
                .noSuchTag, "no devel image of CUDA \(cuda) compiles for \(os)",
                help: "use a release that has one: cudagen tags --flavor devel")
        }
        if let timeoutSeconds, !SmokeTestPlan.timeouts.contains(timeoutSeconds) {
            throw .smoke(
                .invalidValue, "a smoke test can't give up after \(timeoutSeconds) seconds",
                help: "name 1 to \(SmokeTestPlan.timeouts.upperBound) seconds")
        }
        var diagnostics = smoke?.unknownNames ?? Diagnostics()
        let architectures = decideArchitectures(catalog: catalog, diagnostics: &diagnostics)
        let kernels = decideKernels(architectures: architectures.value)
        let libraries = decideLibraries(diagnostics: &diagnostics)
        if diagnostics.hasErrors { throw DiagnosticError(diagnostics) }
        return SmokeTestPlan(
            image: image, name: name, needsBuild: needsBuild, cuda: self.cuda, builder: builder,
            driver: catalog.driverRequirement(for: cuda, conditions: conditions),
            architectures: architectures, kernels: kernels, libraries: libraries,
            cudnn: libraries.value.contains(.cudnn) ? cudnn : nil, hasCompiler: flavor == .devel,
            command: smoke?.command?.value ?? [], timeoutSeconds: timeout, named: named, origin: origin)
    }

    private var timeout: Decision<Int> {
        timeoutSeconds.map { Decision($0, because: .option("--timeout")) }
            ?? Decision(
                SmokeTestPlan.defaultTimeout,
                because: .default("\(SmokeTestPlan.defaultTimeout) s, for a test that takes less than 10 s on one GPU"))
    }

    /// What the user compiles for, or everything the toolkit knows; and PTX of the newest.
    private func decideArchitectures(
        catalog: Catalog, diagnostics: inout Diagnostics
    ) -> Decision<[ComputeCapability]> {
        let said =
            architectures
            ?? Decision(
                catalog.targets(for: cuda.value),
                because: .default("everything that CUDA \(cuda.value.majorMinor) compiles for, and PTX of the newest"))
        var all: [ComputeCapability] = []
        for each in said.value.sorted() {
            // 9.0a is 9.0 with more instructions, which the program does not use.
            let plain = ComputeCapability(each.major, each.minor, includesPTX: each.includesPTX)
            if let last = all.last, (last.major, last.minor) == (plain.major, plain.minor) {
                if plain.includesPTX { all[all.count - 1].includesPTX = true }
            } else {
                all.append(plain)
            }
        }
        if all.isEmpty {
            diagnostics.error(
                .architectureUnsupported, "what CUDA \(cuda.value) compiles for is not known",
                help: "name it in the recipe: gpu.architectures")
        } else {
            all[all.count - 1].includesPTX = true
        }
        return Decision(all, because: said.because)
    }

    private func decideKernels(architectures: [ComputeCapability]) -> Decision<[SmokeKernel]> {
        let possible = SmokeKernel.allCases.filter { kernel in
            kernel.oldestArchitecture.map { oldest in architectures.last.map { $0 >= oldest } ?? false } ?? true
        }
        guard let said = smoke?.kernels, said.value.first?.value != "all" else {
            return Decision(possible, because: .default("all that these architectures can run"))
        }
        let names = said.value
        let chosen = possible.filter { kernel in names.contains { $0.value == kernel.rawValue } }
        return Decision(chosen, because: Reason(said.span))
    }

    private func decideLibraries(diagnostics: inout Diagnostics) -> Decision<[SmokeLibrary]> {
        var inImage: [SmokeLibrary] = flavor == .base ? [] : SmokeLibrary.ofRuntime
        if flavor != .base, hasNCCL { inImage.append(.nccl) }
        if cudnn.map(Self.cudnnVersions.contains) == true { inImage.append(.cudnn) }
        if hasWheels {
            let way =
                "smoke.command can load them, as in [python, -c, \"import torch; torch.rand(8).cuda().sum().item()\"]"
            if let said = smoke?.libraries {
                diagnostics.error(
                    .conflictingKeys,
                    "CUDA's libraries are in the folders of Python packages, which these packages alone know",
                    at: said.span, help: "leave out smoke.libraries; \(way)")
            }
            return Decision([], because: .default("Python packages keep theirs to themselves; \(way)"))
        }
        guard let said = smoke?.libraries else {
            return Decision(inImage, because: librariesReason ?? .default("those of flavor \(flavor)"))
        }
        let names = said.value
        let chosen = SmokeLibrary.allCases.filter { library in names.contains { $0.value == library.rawValue } }
        if chosen.contains(.cudnn), cudnn == nil, let name = names.first(where: { $0.value == "cudnn" }) {
            diagnostics.error(
                .invalidValue, "the smoke test can't call cuDNN: the image has none", at: name.span,
                help: "add cudnn to the image, or leave it out of smoke.libraries")
        }
        return Decision(chosen, because: Reason(said.span))
    }
}

extension Recipe.Smoke {
    /// Names of kernels and libraries that the smoke test does not have.
    var unknownNames: Diagnostics {
        var findings = Diagnostics()
        let kernels = kernels?.value ?? []
        let names = SmokeKernel.allCases.map(\.rawValue) + [SmokeKernel.always]
        for name in kernels where !names.contains(name.value) && kernels.map(\.value) != ["all"] {
            findings.error(
                .invalidValue, "the smoke test has no kernel '\(name.value)'", at: name.span,
                help: "kernels are \(names.joined(separator: ", ")), or the word all")
        }
        let libraries = SmokeLibrary.allCases.map(\.rawValue)
        for name in self.libraries?.value ?? [] where !libraries.contains(name.value) {
            findings.error(
                .invalidValue, "the smoke test has no library '\(name.value)'", at: name.span,
                help: "libraries are \(libraries.joined(separator: ", "))")
        }
        return findings
    }
}

extension DiagnosticError {
    /// One finding that leaves no smoke test.
    static func smoke(_ code: DiagnosticCode, _ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(Diagnostics([Diagnostic(.error, code, message, help: help)]))
    }
}
