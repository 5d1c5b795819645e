extension Explanation {
    /// What the Python packages bring, and what the image says to the container runtime.
    static func wheels(_ wheels: WheelInstallation, of plan: ImagePlan) -> [Section] {
        let builds = wheels.builds.map { build in
            Row(
                name: "\(build.release.framework)", value: build.requirement.value,
                reason: build.requirement.because.description)
        }
        let libraries = wheels.builds.map { build in
            Row(
                name: "brought by \(build.release.framework)",
                value: "CUDA \(build.release.cuda?.description ?? "?")"
                    + (build.release.cudnn.map { ", cuDNN \($0)" } ?? ""),
                reason: "build \(build.release.variant)" + (build.release.stability.map { ", \($0)" } ?? ""))
        }
        let indexes = (plan.application.python?.groups ?? []).compactMap { group in
            group.index.place.map {
                Row(
                    name: "index", value: $0.url,
                    reason: "for \(group.packages.joined(separator: ", ")) alone; everything else comes from "
                        + "\(plan.application.python?.index ?? "the default index")")
            }
        }
        let environment = plan.gpu.variables.map { variable in
            Row(
                name: variable.name.text,
                value: variable.value.map { fragment in
                    if case .text(let text) = fragment { text } else { "" }
                }.joined(), reason: nil)
        }
        return [
            Section(title: "Wheels", rows: builds + libraries + indexes),
            Section(title: "Environment", rows: environment),
        ]
    }

    /// What the image lacks because wheels bring it; of sizes in bytes the catalogue knows nothing.
    static func savings(of plan: ImagePlan, catalog: Catalog) -> [Row] {
        guard plan.wheels != nil else { return [] }
        var rows = [Row(name: "NVIDIA's packages", value: "none", reason: "the wheels' libraries are the only ones")]
        guard let cuda = plan.release?.value,
            let facts = catalog.images(
                cuda: cuda, os: catalog.compiler(for: cuda, on: plan.os.value)?.value.os ?? plan.os.value
            ).first,
            let runtime = catalog.layers(of: ImageVariant(.runtime, cudnn: nil), in: facts)?.last
        else { return rows }
        let names = runtime.set.packages.map(\.name)
        rows.append(
            Row(
                name: "in nvidia/cuda's runtime", value: "\(names.count) more packages, a second time",
                reason: names.joined(separator: ", ")))
        return rows
    }
}
