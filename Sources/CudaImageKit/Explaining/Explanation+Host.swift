extension Explanation {
    /// What the image asks of the host: driver and GPUs.
    static func host(of plan: ImagePlan, catalog: Catalog) -> Section {
        let cuda = plan.tag.value.cuda
        let requirement = catalog.driverRequirement(
            for: cuda, conditions: plan.contents.compactMap(\.facts.requireCUDA))
        var rows: [Row] = []
        if let minimum = requirement.minimum {
            rows.append(
                Row(name: "minimum driver", value: "\(minimum)", reason: "Linux, table of toolkit \(cuda.majorMinor)"))
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
        rows += gpus(of: cuda, catalog: catalog)
        return Section(title: "Driver and GPUs", rows: rows)
    }

    /// The oldest and the newest GPUs that the release compiles for.
    private static func gpus(of cuda: CUDAVersion, catalog: Catalog) -> [Row] {
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
