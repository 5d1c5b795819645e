extension Resolver {
    /// Refuses bases on which nothing could be installed, or which hold CUDA already.
    ///
    /// - Returns: whether the base may be used.
    mutating func checkBase(_ base: Located<BaseImage>) -> Bool {
        let source = recipe.image.source?.value ?? .packages
        if base.value.isOfficialCUDA {
            diagnostics.error(
                .conflictingKeys, "the base '\(base.value.reference)' is an official CUDA image", at: base.span,
                help: Self.optionsOfTag(base.value.reference.tag)
                    + (source == .wheels ? ", and use source 'image': such an image has CUDA already" : ""))
            return false
        }
        guard let obstacle = base.value.obstacle(to: source) else { return true }
        diagnostics.error(
            .repositoryRefused, "CUDA can't be installed on '\(base.value.reference)': \(obstacle)", at: base.span,
            help: "use a base with glibc and apt, dnf, tdnf or zypper, such as debian:12, ubuntu:24.04 or "
                + "python:3.12-slim-bookworm")
        return false
    }

    /// How to say with cudagen what a tag says.
    private static func optionsOfTag(_ name: String?) -> String {
        guard let tag = name.flatMap(CUDAImageTag.init) else {
            return "leave out the base and name release, flavor and operating system: --cuda, --flavor, --os"
        }
        let cudnn =
            switch tag.cudnn {
            case nil: ""
            case .unversioned: " --cudnn true"
            case .major(let major): " --cudnn \(major)"
            case .tensorRT: " --cudnn tensorrt"
            }
        return "leave out the base: --cuda \(tag.cuda) --flavor \(tag.flavor) --os \(tag.os)\(cudnn)"
    }
}
