/// `docker-bake.hcl`: builds an image, or all images of a matrix, with `docker buildx bake`.
///
/// Source: Bake file reference (targets, groups, variables; names are letters, digits, `_` and `-`).
public struct BakeFile: DeploymentFile {
    /// One image to build.
    struct Target {
        /// The target's own name.
        var name: String
        /// What the tag is called; `nil` for the tag of the variable `TAG`.
        var tag: String?
        /// The Dockerfile, from the context.
        var dockerfile: String
        var deployment: DeploymentPlan
    }

    let targets: [Target]
    /// `true` if every target is an entry of a matrix.
    let isMatrix: Bool
    private let image: ImageReference
    private let name: String

    /// One image.
    public init(_ deployment: DeploymentPlan) {
        targets = [
            Target(
                name: deployment.name, tag: nil, dockerfile: deployment.dockerfile.text, deployment: deployment)
        ]
        isMatrix = false
        image = deployment.image
        name = deployment.name
    }

    /// All images of a matrix.
    public init(_ matrix: DeploymentMatrix) {
        var names = UniqueNames()
        targets = matrix.entries.map { entry in
            Target(
                name: names.next(SmokeTestPlan.label(entry.name)), tag: entry.name, dockerfile: entry.dockerfile,
                deployment: entry.deployment)
        }
        isMatrix = true
        image = matrix.image
        name = matrix.name
    }

    /// `Builds spiral-service`, or `Builds 12 images`
    public var title: String { isMatrix ? "Builds \(targets.count) images" : "Builds \(name)" }

    /// `bake`
    public var words: [String] { ["bake"] }

    /// How to build all or one of them, push, and load an image of one platform.
    public var usage: [String] {
        let first = targets.first?.name ?? name
        return [
            "  docker buildx bake" + (isMatrix ? "                            # or one of them: bake \(first)" : ""),
            "  IMAGE=registry.example.com/\(name) docker buildx bake --push",
            "  docker buildx bake --load --set '*.platform=linux/amd64'",
        ]
    }

    /// The variables, the group `default` of all targets, and the targets.
    public var body: String {
        var blocks = variables
        blocks.append(
            "group \"default\" {\n  targets = \(Self.column(targets.map { HCLText.quoted($0.name) }))\n}")
        blocks += targets.map(text)
        return "\n" + blocks.joined(separator: "\n\n") + "\n"
    }

    private var variables: [String] {
        var reference = image
        let tag = reference.tag ?? "latest"
        reference.tag = nil
        reference.digest = nil
        var variables = [
            Self.variable("IMAGE", default: reference.description, comment: "The image's name, with its registry.")
        ]
        variables.append(
            isMatrix
                ? Self.variable("SUFFIX", default: "", comment: "What stands behind each tag, such as -2025.12.")
                : Self.variable("TAG", default: tag))
        variables.append(
            Self.variable(
                "CACHE", default: "", comment: "A registry's repository that builders share their layers through."))
        var names: [String] = []
        for argument in targets.flatMap(\.deployment.openArguments) where !names.contains(argument.text) {
            names.append(argument.text)
        }
        let own: Set<String> = ["IMAGE", "TAG", "SUFFIX", "CACHE"]
        return variables + names.filter { !own.contains($0) }.map { Self.variable($0, default: nil) }
    }

    private static func variable(_ name: String, default value: String?, comment: String? = nil) -> String {
        let lines = comment.map { DockerfileComment.lines($0).joined(separator: "\n") + "\n" } ?? ""
        return lines + "variable \"\(name)\" {" + (value.map { "\n  default = \(HCLText.quoted($0))\n" } ?? "") + "}"
    }

    private func text(of target: Target) -> String {
        let deployment = target.deployment
        var attributes: [(String, String)] = [
            ("context", HCLText.quoted((deployment.context ?? .here).text)),
            ("dockerfile", HCLText.quoted(target.dockerfile)),
            ("platforms", HCLText.list(deployment.plan.platforms.value.map(\.description))),
            ("tags", "[\"${IMAGE}:" + (target.tag.map { "\($0)${SUFFIX}" } ?? "${TAG}") + "\"]"),
        ]
        let arguments = deployment.openArguments.map { "    \($0) = \($0)\n" }
        if !arguments.isEmpty { attributes.append(("args", "{\n\(arguments.joined())  }")) }
        if !deployment.secrets.isEmpty {
            attributes.append(("secret", HCLText.list(deployment.secrets.map(\.flag))))
        }
        let cache = "type=registry,ref=${CACHE}" + (target.tag.map { ":\($0)" } ?? "")
        attributes.append(("cache-from", "CACHE == \"\" ? [] : [\"\(cache)\"]"))
        attributes.append(("cache-to", "CACHE == \"\" ? [] : [\"\(cache),mode=max\"]"))
        let width = attributes.map(\.0.utf8.count).max() ?? 0
        let lines = attributes.map { name, value in
            "  " + name + String(repeating: " ", count: width - name.utf8.count) + " = \(value)\n"
        }
        return "target \"\(target.name)\" {\n\(lines.joined())}"
    }

    private static func column(_ items: [String]) -> String {
        items.count == 1 ? "[\(items[0])]" : "[\n" + items.map { "    \($0),\n" }.joined() + "  ]"
    }
}
