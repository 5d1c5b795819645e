extension Explanation {
    /// What the image asks of the host: driver and GPUs.
    static func host(of plan: ImagePlan, catalog: Catalog) -> Section {
        guard let cuda = plan.release?.value else { return Section(title: "Driver and GPUs", rows: []) }
        let requirement = catalog.driverRequirement(
            for: cuda, conditions: plan.contents.compactMap(\.facts.requireCUDA))
        var rows: [Row] = []
        if let minimum = requirement.minimum {
            rows.append(
                Row(
                    name: "minimum driver", value: "\(minimum)",
                    reason: catalog.toolkitDriver(for: cuda) == nil
                        ? "Linux; \(cuda.majorMinor) has no row of its own: the floor of CUDA \(cuda.major)"
                        : "Linux, table of toolkit \(cuda.majorMinor)"))
        }
        if let floor = catalog.driverFloor(major: cuda.major) {
            rows.append(
                Row(
                    name: "minor-version compatibility", value: "\(floor) or newer",
                    reason: "runs every CUDA \(cuda.major).x program; PTX newer than the driver fails with error 222"))
        }
        if !requirement.forward.isEmpty {
            rows.append(
                Row(
                    name: "forward compatibility",
                    value: "branches " + requirement.forward.map { "\($0.from)" }.joined(separator: ", "),
                    reason: "cuda-compat-\(cuda.major)-\(cuda.minor), on data-centre GPUs; error 804 on others"))
        }
        if plan.wheels != nil {
            rows.append(
                Row(
                    name: "NVIDIA_REQUIRE_CUDA", value: "not set",
                    reason: "NVIDIA's 'cuda>=\(cuda.majorMinor)' would refuse drivers that minor-version compatibility "
                        + "allows; 'cudagen doctor' checks the driver"))
        }
        rows += gpus(of: plan, cuda: cuda, catalog: catalog)
        return Section(title: "Driver and GPUs", rows: rows)
    }

    /// The oldest and the newest GPUs that the release compiles for, or that the wheels have code for.
    private static func gpus(of plan: ImagePlan, cuda: CUDAVersion, catalog: Catalog) -> [Row] {
        if let wheels = plan.wheels, plan.toolchain == nil {
            return wheels.builds.flatMap { build in
                catalog.targets(of: build.release.framework).filter { known in
                    known.covers(build.release) && plan.platforms.value.contains(known.platform)
                }.map { known in
                    let list = known.range.map { "\($0.lowerBound.number) to \($0.upperBound.number)" }
                    return Row(
                        name: "code of \(build.release.framework)",
                        value: list ?? known.targets.map(\.number).joined(separator: ", "),
                        reason: "its wheels for CUDA \(known.cuda.majorMinor) on \(known.platform)")
                }
            }
        }
        let targets = catalog.targets(for: cuda).filter { $0.suffix == nil }
        guard let first = targets.first, let last = targets.last else { return [] }
        let names = [first, last].map { catalog.gpuGeneration(of: $0)?.architecture ?? "unnamed" }
        return [
            Row(
                name: "compute capabilities", value: "\(first.number) to \(last.number)",
                reason:
                    "\(names[0]) to \(names[1]); later GPUs of the same major version run the code, newer ones need "
                    + "PTX")
        ]
    }
}
