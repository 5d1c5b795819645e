extension Explanation {
    /// A plan for people: what was chosen and why.
    public init(_ plan: ResolvedPlan, request: PlanRequest, catalog: Catalog) {
        self.init(
            title: plan.tag.map { "nvidia/cuda:\($0.tag)" } ?? "source wheels on \(plan.os)",
            sections: [
                Self.choice(plan, request: request, catalog: catalog), Self.frameworks(plan),
                Self.installation(plan), Self.host(plan, request: request, catalog: catalog),
                Self.worthKnowing(plan, request: request, catalog: catalog),
            ].filter { !$0.rows.isEmpty })
    }

    private static func choice(_ plan: ResolvedPlan, request: PlanRequest, catalog: Catalog) -> Section {
        var rows: [Row] = []
        func asked(where isMeant: (PlanConstraint) -> Bool) -> String? {
            request.constraints.first { isMeant($0.value) }.map { Reason($0.span).description }
        }
        if let facts = plan.tag {
            rows.append(Row(name: "tag", value: facts.tag.description, reason: nil))
            rows.append(Row(name: "CUDA", value: facts.tag.cuda.description, reason: plan.reasonOfCUDA))
            rows.append(
                Row(
                    name: "flavor", value: facts.tag.flavor.rawValue,
                    reason: asked { if case .flavor = $0 { true } else { false } } ?? plan.reasonOfFlavor))
            if facts.tag.cudnn != nil {
                rows.append(
                    Row(
                        name: "cuDNN", value: facts.cudnnVersion ?? "version not known",
                        reason: asked { if case .cudnn = $0 { true } else { false } } ?? plan.reasonOfCuDNN))
            }
        } else {
            rows.append(Row(name: "source", value: "wheels", reason: plan.reasonOfWheels))
        }
        rows.append(
            Row(
                name: "os", value: plan.os.description,
                reason: asked { if case .os = $0 { true } else { false } }
                    ?? (plan.python != nil && plan.python == PythonTools.systemVersion(of: plan.os)
                        ? "the newest whose own Python fits" : "the newest that has the rest")))
        if let python = plan.python {
            let isOwn = python == PythonTools.systemVersion(of: plan.os)
            rows.append(
                Row(
                    name: "python", value: python.description,
                    reason: asked { if case .python = $0 { true } else { false } }
                        ?? (isOwn ? "the one of \(plan.os)" : "the newest that the wheels are for; uv installs it")))
        }
        rows.append(
            Row(
                name: "platforms", value: plan.platforms.map(\.description).joined(separator: ", "),
                reason: asked { if case .platform = $0 { true } else { false } } ?? "default"))
        if let facts = plan.tag, facts.status != .supported {
            rows.append(
                Row(
                    name: "status", value: facts.status.rawValue,
                    reason: Self.meaning(of: facts.status)))
        }
        return Section(title: "Plan", rows: rows)
    }

    private static func meaning(of status: SupportStatus) -> String {
        switch status {
        case .supported: "NVIDIA supports it"
        case .unsupported: "the tag may vanish"
        case .unlisted: "reported gone; source 'packages' can build it"
        case .imported: "of an import: whether the registry has it is not known"
        }
    }

    private static func frameworks(_ plan: ResolvedPlan) -> Section {
        Section(
            title: "Frameworks",
            rows: plan.builds.map { build in
                Row(
                    name: "\(build.framework)", value: "\(build.version)",
                    reason: "build \(build.variant)" + (build.stability.map { ", \($0)" } ?? "")
                        + (build.cudnn.map { ", cuDNN \($0)" } ?? ""))
            })
    }

    private static func installation(_ plan: ResolvedPlan) -> Section {
        Section(
            title: "Install",
            rows: plan.builds.map { build in
                let arguments = ["install"] + build.pipArguments(plan.requirement(of: build))
                return Row(name: "pip", value: arguments.map(ShellQuoting.quote).joined(separator: " "), reason: nil)
            })
    }

    private static func host(_ plan: ResolvedPlan, request: PlanRequest, catalog: Catalog) -> Section {
        var rows: [Row] = []
        let cuda = plan.tag?.tag.cuda ?? plan.builds.first?.nominalCUDA
        if let driver = plan.driver {
            rows.append(Row(name: "driver", value: "runs", reason: driver.reason))
            let starts =
                switch driver.starts {
                case .yes: "starts"
                case .no: "refused"
                case .unknown: "not known"
                }
            rows.append(Row(name: "container", value: starts, reason: driver.startReason))
        } else if let cuda, let floor = catalog.driverRequirement(for: cuda).floor {
            rows.append(Row(name: "driver", value: "\(floor) or newer", reason: "what CUDA \(cuda.majorMinor) runs on"))
        }
        for case .gpu(let gpu) in request.constraints.map(\.value) {
            guard let cuda else { continue }
            let answers = plan.builds.map {
                catalog.compatibility(
                    of: gpu.capability, with: $0, cuda: cuda, platform: plan.platforms.first ?? .linuxAMD64)
            }
            let toolkit = catalog.compatibility(of: gpu.capability, with: cuda)
            rows.append(
                Row(
                    name: gpu.name ?? gpu.capability.number,
                    value: toolkit.verdict == .native && answers.allSatisfy(\.isNative) ? "native" : "runs",
                    reason: Array(([toolkit.reason] + answers.map(\.reason)).uniqued).joined(separator: "; ")))
        }
        return Section(title: "Host", rows: rows)
    }

    private static func worthKnowing(_ plan: ResolvedPlan, request: PlanRequest, catalog: Catalog) -> Section {
        var rows: [Row] = []
        for build in plan.builds where build.stability == "experimental" {
            let stable = catalog.releases(of: build.framework, version: build.version)
                .filter { $0.stability == "stable" }.compactMap(\.nominalCUDA).sorted().map(\.description)
            rows.append(
                Row(
                    name: "\(build.framework)", value: "the project calls this build experimental",
                    reason: stable.last.map {
                        "stable are those for CUDA \(PlanSolver.list(stable, "and")): --cuda \($0)"
                    }))
        }
        if plan.tag == nil {
            rows.append(
                Row(
                    name: "source wheels", value: "needs no CUDA in the image",
                    reason: "image: {source: wheels} in a recipe"))
        }
        return Section(title: "Worth knowing", rows: rows)
    }
}

extension ResolvedPlan {
    /// Why this release of CUDA.
    var reasonOfCUDA: String {
        guard let cuda = tag?.tag.cuda else { return "" }
        let exact = builds.filter { ($0.cuda?.components.count ?? 0) > 1 }
        if case .nearest = base { return "the nearest to what the frameworks were built with" }
        guard let build = exact.first else {
            return builds.isEmpty ? "the newest that fits" : "the newest that the builds run with"
        }
        return "\(build.framework) \(build.version) is built for CUDA \(build.cuda?.description ?? "\(cuda)")"
    }

    var reasonOfFlavor: String {
        if builds.isEmpty { return "default: runtime" }
        guard let build = builds.first(where: { $0.libraries == .image }) else {
            return "the wheels bring CUDA's libraries"
        }
        return "\(build.framework) takes CUDA's libraries from the image"
    }

    var reasonOfCuDNN: String {
        guard let build = builds.first(where: { $0.libraries == .image }) else { return "comes with the image" }
        return build.cudnn.map { "\(build.framework) needs \($0) or newer of the same major version" }
            ?? "\(build.framework) takes it from the image"
    }

    fileprivate var reasonOfWheels: String {
        "no official image fits: " + PlanSolver.list(builds.map(\.needOfImage), "and")
    }
}

extension Sequence where Element: Hashable {
    /// The elements, each once, in their order.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
