extension PlanConstraint {
    /// How sentences call it: `torch 2.4`, `driver 535.104.05`, `the A100`.
    public var phrase: String {
        switch self {
        case .framework(let framework, let specifiers): "\(framework)\(Self.version(specifiers))"
        case .extras(let framework, let names): "\(framework)[\(names.sorted().joined(separator: ","))]"
        case .cuda(let pattern): "CUDA \(pattern)"
        case .driver(let driver): "driver \(driver)"
        case .gpu(let gpu): gpu.phrase
        case .target(let capability): "architecture \(capability.number)"
        case .os(let os): os.description
        case .flavor(let flavor): "flavor \(flavor)"
        case .cudnn(.without): "an image without cuDNN"
        case .cudnn(.any): "cuDNN"
        case .cudnn(.major(let major)): "cuDNN \(major)"
        case .cudnn(.tensorRT): "TensorRT"
        case .platform(let platform): platform.description
        case .python(let python): "Python \(python)"
        case .supported: "a tag that NVIDIA supports"
        case .source(let source): "source '\(source.rawValue)'"
        }
    }

    /// ` 2.4` for `==2.4.*` and `==2.4`, else ` >=2.1,<3`.
    private static func version(_ specifiers: VersionSpecifiers) -> String {
        if specifiers.clauses.isEmpty { return "" }
        if specifiers.clauses.count == 1, specifiers.clauses[0].operator == .equal {
            return " \(specifiers.clauses[0].version)"
        }
        return " \(specifiers)"
    }
}

extension PlanSolver {
    /// What a constraint means for the choice, as far as it matters beside the others: a sentence without a full stop.
    func need(of constraint: PlanConstraint, in core: [PlanConstraint]) -> String {
        switch constraint {
        case .framework(let framework, let specifiers):
            return "\(constraint.phrase) " + need(of: framework, specifiers, in: core)
        case .gpu(let gpu):
            let generation = catalog.gpuGeneration(of: gpu.capability)
            let first = generation.map(firstCUDA) ?? nil
            let bounds = [
                first.map { "CUDA \($0) or newer" }, generation?.lastCUDA.map { "CUDA \($0) or older" },
            ].compactMap { $0 }
            let number = gpu.name == nil ? "" : " (compute capability \(gpu.capability.number))"
            return "\(gpu.phrase)\(number) needs "
                + (bounds.isEmpty ? "a CUDA that knows it" : bounds.joined(separator: " and "))
        case .target(let capability):
            let generation = catalog.gpuGeneration(of: capability)
            let first = generation.map { "CUDA \($0.firstCUDA) is the first that compiles for it" }
            let last = generation?.lastCUDA.map { "CUDA \($0) the last" }
            return "architecture \(capability.number): " + ([first, last].compactMap { $0 }.joined(separator: ", "))
        case .driver(let driver):
            let newest = releases.map(\.cuda).first { cuda in
                catalog.driverRequirement(for: cuda).floor.map { driver >= $0 } ?? false
            }
            return "driver \(driver) runs "
                + (newest.map { "programs of CUDA \($0.majorMinor) and older" } ?? "no release of the catalogue")
        case .os(let os): return exists(constraint, "\(os) has images of")
        case .platform(let platform): return exists(constraint, "\(platform) has images of")
        case .supported: return exists(constraint, "NVIDIA supports images of")
        case .cudnn: return exists(constraint, "images with \(constraint.phrase) exist for")
        case .extras(let framework, let names):
            let fromImage = catalog.releases(of: framework).contains {
                $0.libraries == .image && names.contains(PythonRequirement.normalized($0.variant))
            }
            return "\(constraint.phrase) takes CUDA's libraries from \(fromImage ? "the image" : "wheels")"
        case .cuda(let pattern): return "CUDA \(pattern) is asked for"
        case .python(let python): return "Python \(python) is asked for"
        case .flavor(.base): return "flavor base is asked for, which has neither CUDA's libraries nor cuDNN"
        case .flavor(let flavor): return "flavor \(flavor) is asked for"
        case .source(.wheels) where PlanWishes(core).frameworks.count > 1:
            return "with source 'wheels' all frameworks have to be built for one release of CUDA"
        case .source(let source): return "source '\(source.rawValue)' is asked for"
        }
    }

    /// The first release whose code runs on the GPU, native or of the same major version.
    private func firstCUDA(of generation: GPUGeneration) -> CUDAVersion? {
        releases.map(\.cuda).last { catalog.compatibility(of: generation.capability, with: $0).runs == .yes }?
            .majorMinor
    }

    private func need(of framework: Framework, _ specifiers: VersionSpecifiers, in core: [PlanConstraint]) -> String {
        let allowed = (builds[framework] ?? []).filter { $0.isAllowed(by: specifiers) }
        guard !allowed.isEmpty else { return "is not in the facts" }
        var parts: [String] = []
        var remark = ""
        let releases = Set(allowed.compactMap { $0.cuda?.description }).compactMap { CUDAVersionPattern($0) }
            .sorted { $0.components.lexicographicallyPrecedes($1.components) }
        parts.append("is built for CUDA " + Self.list(releases.map(\.description), "or"))
        let oldest = Set(allowed.filter { $0.libraries == .image }.compactMap(\.cudnn)).compactMap {
            VersionNumbers.parse($0)
        }
        .min { $0.lexicographicallyPrecedes($1) }
        if let oldest, core.contains(where: \.isAboutImage) || core.count == 1 {
            parts.append(
                "takes cuDNN \(oldest.map(String.init).joined(separator: ".")) or newer of the same major version "
                    + "from the image")
        }
        if core.contains(where: \.isPython) {
            let pythons = Set(allowed.flatMap(\.pythons)).sorted()
            if let first = pythons.first, let last = pythons.last {
                parts.append("has wheels for Python \(first) to \(last)")
            }
        }
        for gpu in PlanWishes(core).gpus {
            let cuda = allowed.compactMap(\.nominalCUDA).max() ?? CUDAVersion(0, 0)
            let answers = allowed.map {
                catalog.compatibility(of: gpu.capability, with: $0, cuda: cuda, platform: .linuxAMD64)
            }
            // What the GPU needs of CUDA is said of the GPU; why one release of a major version does not do is not.
            let isSaid = releases.allSatisfy { $0.components.count > 1 }
            let toolkit = catalog.compatibility(of: gpu.capability, with: cuda)
            if answers.allSatisfy({ $0.runs == .no }), let reason = answers.first?.reason,
                !isSaid || reason != toolkit.reason
            {
                remark = " (\(reason))"
            }
        }
        for case .framework(let other, _) in core where other != framework {
            let pins = Set(allowed.flatMap(\.companions)).filter { companion in
                PythonRequirement(companion).map { Framework(package: $0.name) == other } ?? false
            }
            if !pins.isEmpty { parts.append("pins " + Self.list(pins.sorted(), "or")) }
        }
        return Self.list(parts, "and") + remark
    }

    /// `ubuntu24.04 has images of CUDA 12.5.1 to 13.2.1`
    private func exists(_ constraint: PlanConstraint, _ phrase: String) -> String {
        let wishes = PlanWishes([constraint])
        let found = releases.filter { release in
            release.tags.contains { facts in
                wishes.systems.allSatisfy { $0 == facts.tag.os }
                    && wishes.platforms.allSatisfy(facts.platforms.contains)
                    && (!wishes.supportedOnly || facts.status == .supported)
                    && wishes.cudnn.allSatisfy { ReleaseSearch.meets($0, facts) }
            }
        }.map(\.cuda)
        guard let newest = found.first, let oldest = found.last else {
            return "there are no images for \(constraint.phrase)"
        }
        return "\(phrase) CUDA " + (newest == oldest ? "\(newest)" : "\(oldest) to \(newest)")
    }

    /// What a relaxed constraint becomes in a plan.
    func change(of constraint: PlanConstraint, to plan: ResolvedPlan) -> String {
        switch constraint {
        case .framework(let framework, _):
            let build = plan.builds.first { $0.framework == framework }
            return "\(framework) \(build?.version.description ?? "of another release") in place of \(constraint.phrase)"
        case .gpu, .target: return "leave out \(constraint.phrase)"
        case .driver:
            let cuda = plan.tag?.tag.cuda ?? plan.builds.first?.nominalCUDA
            let floor = cuda.flatMap { catalog.driverRequirement(for: $0).floor }
            return (plan.driver?.driver ?? floor).map { "a driver \($0) or newer" } ?? "another driver"
        case .os: return "\(plan.os) in place of \(constraint.phrase)"
        case .flavor: return plan.tag.map { "flavor \($0.tag.flavor)" } ?? "no flavor"
        case .cudnn: return "another choice of cuDNN"
        case .extras(let framework, _):
            let requirement = plan.builds.first { $0.framework == framework }?.requirement
            return "\(requirement ?? "another extra") in place of \(constraint.phrase)"
        case .platform: return "leave out \(constraint.phrase)"
        case .python: return plan.python.map { "Python \($0)" } ?? "another Python"
        case .supported: return "a tag that is \(plan.tag?.status.rawValue ?? "not needed")"
        case .cuda: return plan.tag.map { "CUDA \($0.tag.cuda)" } ?? "the CUDA of the wheels"
        case .source: return "source '\(plan.source.rawValue)'"
        }
    }

    /// `10.2, 11.3 or 11.6`
    static func list(_ words: [String], _ last: String) -> String {
        guard let final = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) \(final)"
    }
}

extension PlanConstraint {
    /// Whether it is about what the image has.
    fileprivate var isAboutImage: Bool {
        switch self {
        case .flavor, .cudnn, .source, .supported: true
        default: false
        }
    }

    fileprivate var isPython: Bool { if case .python = self { true } else { false } }
}
