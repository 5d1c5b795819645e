/// The recipe for what a folder holds, with a comment on every value that somebody decided.
struct StarterRecipe {
    /// Something that a Dockerfile says and the recipe may say, but need not: it is left out where it makes no image.
    enum Takeover: CaseIterable, Hashable {
        case base, packages, user, workingDirectory, ports, start

        /// The instruction that it is read from.
        var instruction: String {
            switch self {
            case .base: "FROM"
            case .packages: "packages of RUN"
            case .user: "USER"
            case .workingDirectory: "WORKDIR"
            case .ports: "EXPOSE"
            case .start: "ENTRYPOINT and CMD"
            }
        }
    }

    let facts: ProjectFacts
    let plan: StarterPlan
    /// The recipe's own file name, for the commands in its heading.
    let fileName: String
    /// What is not taken over, with the reason.
    var refused: [Takeover: String] = [:]

    /// The Dockerfile, unless what is asked for is refused.
    func dockerfile(_ takeover: Takeover) -> DockerfileFacts? { refused[takeover] == nil ? facts.dockerfile : nil }

    var document: StarterDocument {
        var entries = [Entry("schema", .number(1))]
        if let name = facts.names.lazy.compactMap(Self.name).first { entries.append(Entry("name", .text(name))) }
        entries.append(image)
        entries += [gpu, system, python, build].compactMap { $0 }
        entries += application
        return StarterDocument(heading: heading, entries: entries)
    }

    /// A name as recipes have it: other characters become `-`.
    private static func name(_ text: String) -> String? {
        var name = ""
        for scalar in text.unicodeScalars {
            let isFine = scalar.isASCII && RecipeRules.isName("a" + String(scalar))
            if isFine { name.unicodeScalars.append(scalar) } else if !name.hasSuffix("-") { name += "-" }
        }
        name = String(name.drop { "-._".contains($0) }.prefix(100))
        return RecipeRules.isName(name) ? name : nil
    }

    private var heading: [String] {
        let file = ShellQuoting.quote(FilePath.name(of: fileName))
        var lines = [
            "Written by 'cudagen init' from what lies in this folder: read the comments, mend what is wrong, then run",
            "  cudagen check \(file)", "  cudagen -o Dockerfile \(file)",
        ]
        let unmet = plan.unmet.map { "Not taken into account: \($0)." } + leftOfDockerfile
        if !unmet.isEmpty { lines += [""] + unmet }
        return lines
    }

    /// What the reader has to look at in a Dockerfile.
    private var leftOfDockerfile: [String] {
        guard let dockerfile = facts.dockerfile else { return [] }
        var lines = Takeover.allCases.compactMap { takeover in
            refused[takeover].map { "Not taken over from \(dockerfile.path): \(takeover.instruction) (\($0))." }
        }
        if !dockerfile.left.isEmpty {
            let rest = dockerfile.left.map { rest in
                let numbers = rest.lines.prefix(8).map(String.init).joined(separator: ", ")
                return
                    "\(YAMLText.comment(String(rest.name.prefix(20)))) (line\(rest.lines.count == 1 ? "" : "s") \(numbers))"
            }
            lines.append("Not taken over from \(dockerfile.path): \(rest.prefix(20).joined(separator: ", ")).")
        }
        return lines
    }

    // MARK: - Image

    private var image: Entry {
        var entries: [Entry] = []
        let resolved = plan.resolved
        if let tag = resolved.tag?.tag {
            let floor = plan.driverFloor.map { "; needs driver \($0) or newer" } ?? ""
            entries.append(Entry("cuda", .text(tag.cuda.description), remark: reasonOfCUDA + floor))
            entries.append(
                Entry(
                    "flavor", .text(tag.flavor.rawValue),
                    remark: plan.reasonOfFlavor ?? plan.reason(of: .flavor) ?? resolved.reasonOfFlavor))
        }
        // The base tells it.
        if base == nil || base?.os == nil || base?.evidence?.contains("'") == true {
            entries.append(Entry("os", .text((base?.os ?? plan.os).description), remark: reasonOfOS))
        }
        if let tag = resolved.tag?.tag, let cudnn = tag.cudnn {
            let major =
                cudnn == .tensorRT
                ? "tensorrt" : resolved.tag?.cudnnVersion?.split(separator: ".").first.map(String.init)
            entries.append(
                Entry(
                    "cudnn", Value(digits: major ?? "true"), remark: reasonOfCuDNN))
        }
        if let base {
            entries.append(Entry("source", .text("packages"), remark: "CUDA's packages on a base of your own"))
            entries.append(
                Entry("base", .text(base.reference.description), remark: "as in \(facts.dockerfile?.path ?? "")"))
        } else if resolved.tag == nil || plan.source == .packages {
            let source = resolved.tag == nil ? ImageSource.wheels : .packages
            entries.append(Entry("source", .text(source.rawValue), remark: plan.source.map { _ in "option --source" }))
        }
        if plan.request.has(.platform) {
            entries.append(
                Entry("platforms", .texts(resolved.platforms.map(\.description)), remark: "option --platform"))
        }
        return Entry("image", section: entries)
    }

    private var reasonOfCUDA: String {
        if let reason = plan.reasonOfCUDA ?? plan.reason(of: .cuda) { return reason }
        let resolved = plan.resolved
        if !resolved.builds.isEmpty { return resolved.reasonOfCUDA }
        if plan.request.has(.driver) || plan.request.has(.gpu) { return "the newest that driver and GPUs take" }
        return resolved.tag?.status == .supported
            ? "nothing here asks for a release: the newest that NVIDIA supports" : "the newest that fits"
    }

    private var reasonOfCuDNN: String {
        guard let span = plan.request.constraints.first(where: { $0.value.kind == .cudnn })?.span else {
            return plan.resolved.reasonOfCuDNN
        }
        return span.source == facts.compiledPath ? "the program is linked with cuDNN" : "\(Reason(span))"
    }

    private var reasonOfOS: String {
        if let base { return "decides which of NVIDIA's repositories serves \(base.reference.name)" }
        if let reason = plan.reason(of: .os) { return reason }
        let own = PythonTools.systemVersion(of: plan.os)
        return plan.python != nil && plan.python == own
            ? "its own Python is \(own?.description ?? "")" : "the newest that has the rest"
    }

    /// The Dockerfile's base, where it is neither NVIDIA's nor what that starts from.
    private var base: BaseImage? {
        guard let reference = dockerfile(.base)?.base?.value, plan.source == nil,
            !plan.request.constraints.contains(where: {
                $0.value.kind == .os
            })
        else { return nil }
        let base = BaseImage(reference)
        return base.isOfficialCUDA || base.obstacle(to: .packages) != nil || base.os == nil ? nil : base
    }

    private var gpu: Entry? {
        guard facts.isCompiled else { return nil }
        let capabilities = plan.request.constraints.compactMap { constraint -> ComputeCapability? in
            if case .gpu(let gpu) = constraint.value, constraint.span.isOption { gpu.capability } else { nil }
        }
        let setter = facts.architectures.first?.span.source
        if capabilities.isEmpty {
            if setter != nil { return nil }
            return Entry(
                "gpu", section: [Entry("architectures", .texts(["8.0", "9.0+PTX"]))],
                comments: [
                    "Without this it is compiled for each generation of GPUs. By a GPU's name: cudagen init --gpu A100"
                ], isOff: true)
        }
        let options = plan.request.constraints.filter { $0.value.kind == .gpu && $0.span.isOption }
        let remark = "option " + options.map(\.span.source).uniqued.joined(separator: ", ")
        return Entry(
            "gpu",
            section: [
                Entry(
                    "architectures", .texts(Array(capabilities.map(\.number).uniqued)), remark: remark,
                    comments: setter.map { ["Check: \($0) sets what is compiled for itself."] } ?? [])
            ])
    }

    private var system: Entry? {
        guard let dockerfile = dockerfile(.packages), !dockerfile.packages.isEmpty else { return nil }
        guard plan.os.family == .debian else { return nil }
        return Entry(
            "system",
            section: [
                Entry(
                    "packages", .texts(dockerfile.packages), comments: ["As in \(dockerfile.path), without versions."])
            ])
    }
}

extension StarterDocument.Entry {
    init(
        _ key: String, _ value: StarterDocument.Value, remark: String? = nil, comments: [String] = [],
        isOff: Bool = false
    ) {
        self.init(key: key, content: .value(value), remark: remark, comments: comments, isOff: isOff)
    }

    init(_ key: String, section: [StarterDocument.Entry], comments: [String] = [], isOff: Bool = false) {
        self.init(key: key, content: .section(section), remark: nil, comments: comments, isOff: isOff)
    }
}

extension StarterDocument.Value {
    /// A text; a whole number is written as one.
    init(digits text: String) { self = RecipeRules.wholeNumber(text).map { .number($0) } ?? .text(text) }
}

extension StarterRecipe {
    typealias Entry = StarterDocument.Entry
    typealias Value = StarterDocument.Value
}
