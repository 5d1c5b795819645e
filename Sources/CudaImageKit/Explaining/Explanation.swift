/// What an image contains, and why each decision was taken.
public struct Explanation: Hashable, Sendable {
    /// A heading with its lines.
    public struct Section: Hashable, Sendable {
        /// The heading; lists of packages and variables name the variant and platform that they belong to.
        public internal(set) var title: String
        /// Its lines; never empty in an ``Explanation``.
        public internal(set) var rows: [Row]
    }

    /// A name, its value, and the reason for it.
    public struct Row: Hashable, Sendable {
        /// What is explained: a decision's name, a package, a variable.
        public internal(set) var name: String
        /// What it is, as text: a version, a list, a name.
        public internal(set) var value: String
        /// Why it is so, or where the fact is from; `nil` where there is nothing to add.
        public internal(set) var reason: String?
    }

    /// The image's summary, behind the recipe's name if it has one.
    public internal(set) var title: String
    /// The decisions first, then contents, downloads, size and application; sections without lines are left out.
    public internal(set) var sections: [Section]

    /// Explains a decided image.
    ///
    /// - Parameters:
    ///   - plan: the image, whose decisions keep their reasons.
    ///   - catalog: the facts about its tag, drivers and GPUs; the one that the plan was made from.
    public init(_ plan: ImagePlan, catalog: Catalog) {
        title = plan.name.map { "\($0): \(plan.summary)" } ?? plan.summary
        sections = [
            Self.decisions(of: plan), Self.pins(of: plan), Self.status(of: plan, catalog: catalog),
            Self.host(of: plan, catalog: catalog),
        ]
        sections += plan.contents.flatMap { Self.contents(of: $0, gpu: plan.gpu) }
        if let wheels = plan.wheels { sections += Self.wheels(wheels, of: plan) }
        sections.append(Self.downloads(of: plan))
        sections.append(Self.size(of: plan, catalog: catalog))
        if let application = Self.application(of: plan) { sections.append(application) }
        sections.removeAll(where: \.rows.isEmpty)
    }

    init(title: String, sections: [Section]) {
        self.title = title
        self.sections = sections.filter { !$0.rows.isEmpty }
    }

    private static func decisions(of plan: ImagePlan) -> Section {
        var rows = plan.tag.map { [Row("tag", $0)] } ?? []
        if let flavor = plan.flavorDecision { rows.append(Row("flavor", flavor)) }
        if let cudnn = plan.cudnnDecision {
            let value =
                switch cudnn.value {
                case .without: "none"
                case .any: "yes"
                case .major(let major): "\(major)"
                case .tensorRT: "with TensorRT"
                }
            rows.append(Row(name: "cuDNN", value: value, reason: cudnn.because.description))
        }
        rows += [
            Row("source", plan.source), Row("os", plan.os),
            Row(
                name: "platforms", value: plan.platforms.value.map(\.description).joined(separator: ", "),
                reason: plan.platforms.because.description),
        ]
        if case .packages(let installation) = plan.cuda {
            rows.append(Row("base", installation.base))
            if let platform = installation.platforms.first {
                rows.append(
                    Row(
                        name: "repository", value: platform.repository.url,
                        reason: platform.repository.derivation ?? "what NVIDIA's own image uses"))
                rows.append(
                    Row(
                        name: "signing key", value: platform.repository.key.file,
                        reason: platform.repository.key.fingerprint.map { "fingerprint \($0)" }
                            ?? platform.repository.key.sha256WithoutVersionLine.map { "sha256 \($0)" }))
            }
        }
        if let wheels = plan.wheels {
            rows.append(Row("base", wheels.base))
            rows.append(
                wheels.cuda.map { Row("CUDA", $0) }
                    ?? Row(name: "CUDA", value: "what the packages bring", reason: "their names do not tell which"))
        }
        if case .image(let reference) = plan.toolchain, plan.wheels != nil {
            rows.append(
                Row(
                    name: "compiler", value: reference.description,
                    reason: "its C library is not newer than the image's"))
        }
        if case .image(let reference) = plan.cuda {
            rows.append(Row(name: "base", value: reference.description, reason: "the official image"))
        }
        if !plan.gpu.architectures.value.isEmpty {
            rows.append(
                Row(
                    name: "architectures",
                    value: plan.gpu.architectures.value.map(\.description).joined(separator: ", "),
                    reason: plan.gpu.architectures.because.description))
        }
        if let python = plan.application.python {
            rows.append(
                python.version.map { Row("python", $0) }
                    ?? Row(name: "python", value: "conda's choice", reason: "no python.version in the recipe"))
        }
        return Section(title: "Decisions", rows: rows)
    }

    private static func pins(of plan: ImagePlan) -> Section {
        Section(
            title: "Pinned images",
            rows: plan.pins.map { pin in
                Row(
                    name: pin.reference.description, value: pin.digest?.description ?? "not pinned",
                    reason: pin.digest == nil ? "\(pin.lock) does not have it" : pin.lock)
            })
    }

    /// Which host each download comes from.
    private static func downloads(of plan: ImagePlan) -> Section {
        Section(
            title: "Downloads",
            rows: plan.downloads.map { download in
                Row(
                    name: download.what, value: download.host,
                    reason: download.isNamed ? download.key : "\(download.key) redirects it")
            })
    }

    private static func status(of plan: ImagePlan, catalog: Catalog) -> Section {
        var rows: [Row] = []
        if let tag = plan.tag?.value, let facts = catalog.tag(tag) {
            rows = status(
                of: facts, catalog: catalog, derivation: plan.contents.lazy.compactMap(\.facts.derivation).first)
        }
        return Section(title: "Status", rows: rows)
    }

    /// What the lists say of a tag, and where that is known from.
    static func status(
        of facts: TagFacts, catalog: Catalog, derivation: ImageFacts.Derivation?
    ) -> [Row] {
        let tag = facts.tag
        var rows: [Row] = []
        let meaning =
            switch facts.status {
            case .supported: "NVIDIA lists and maintains it"
            case .unsupported: "past its end of life; the tag may vanish"
            case .unlisted: "on none of NVIDIA's current lists; reported gone"
            case .imported: "read from NVIDIA's package index; the registry may have no such tag"
            }
        rows.append(Row(name: "status", value: facts.status.rawValue, reason: meaning))
        if let origin = catalog.origin(of: tag), !origin.isBuiltIn {
            rows.append(Row(name: "catalogue", value: origin.name, reason: origin.asOf.map { "as of \($0)" }))
        }
        if facts.status != .supported, let live = catalog.liveReplacement(for: tag) {
            rows.append(Row(name: "replacement", value: live.description, reason: "nearest supported tag"))
        }
        if let release = catalog.release(tag.cuda), let date = release.endOfLife {
            rows.append(Row(name: "end of life", value: date, reason: release.reason))
        }
        if !facts.platforms.isEmpty {
            rows.append(
                Row(
                    name: "exists for", value: facts.platforms.map(\.description).joined(separator: ", "),
                    reason: nil))
        }
        if let derivation {
            rows.append(
                Row(name: "packages", value: "derived", reason: derivation.description(for: tag.cuda)))
        }
        if let cudnn = facts.cudnnVersion { rows.append(Row(name: "cuDNN", value: cudnn, reason: nil)) }
        return rows
    }

    /// - Parameter gpu: what a recipe says of GPUs; without one the image's own variables stand.
    static func contents(of contents: ImageContents, gpu: ImagePlan.GPUPlan? = nil) -> [Section] {
        let facts = contents.facts
        let platform = facts.platform
        var sections: [Section] = []
        for layer in contents.layers {
            let set = layer.set
            var rows = set.packages.map { pin in
                Row(
                    name: pin.name, value: pin.version ?? "any version",
                    reason: set.heldPackages.contains(pin.name)
                        ? "held" : pin.version == nil ? "not pinned by NVIDIA" : nil)
            }
            rows += set.optionalPackages.map { Row(name: $0, value: "any version", reason: "if the repository has it") }
            rows += set.systemPackages.map { Row(name: $0, value: "any version", reason: "of the operating system") }
            rows += (set.archives + set.packageFiles).map {
                Row(name: "file", value: $0.url, reason: "checked by SHA-256")
            }
            rows += set.symlinks.map { Row(name: $0.link, value: "-> \($0.target)", reason: nil) }
            sections.append(Section(title: "Packages of \(layer.variant) (\(platform))", rows: rows))
        }
        var environment = [Row(name: "CUDA_VERSION", value: facts.cudaVersionVariable, reason: nil)]
        if let requirement = facts.requireCUDA {
            environment.append(
                Row(
                    name: "NVIDIA_REQUIRE_CUDA", value: requirement,
                    reason: "the NVIDIA Container Toolkit refuses drivers that do not meet it"))
        }
        let variables =
            (gpu?.applied(to: facts.environment) ?? facts.environment) + contents.layers.flatMap(\.set.environment)
        environment += variables.map { Row(name: $0.name, value: $0.value, reason: nil) }
        sections.append(Section(title: "Environment (\(platform))", rows: environment))
        let held = Set(contents.layers.flatMap(\.set.heldPackages))
        if let compat = contents.layers.flatMap(\.set.packages).first(where: { $0.name.hasPrefix("cuda-compat") }),
            !held.contains(compat.name)
        {
            sections.append(
                Section(
                    title: "Worth knowing (\(platform))",
                    rows: [
                        Row(
                            name: compat.name, value: "not held",
                            reason: "NVIDIA's image does not hold it: 'apt-get upgrade' would move the driver "
                                + "libraries it brings; cudagen holds CUDA's packages in recipes that upgrade")
                    ] + facts.quirks.map { Row(name: "quirk", value: $0, reason: nil) }))
        } else if !facts.quirks.isEmpty {
            sections.append(
                Section(
                    title: "Worth knowing (\(platform))",
                    rows: facts.quirks.map { Row(name: "quirk", value: $0, reason: nil) }))
        }
        return sections
    }

    /// What decides about the image's size; the catalogue knows no sizes in bytes.
    private static func size(of plan: ImagePlan, catalog: Catalog) -> Section {
        var rows = savings(of: plan, catalog: catalog)
        if let contents = plan.contents.first {
            let layers = contents.layers.map { "\($0.variant) \($0.set.packages.count)" }.joined(separator: ", ")
            let count = contents.layers.reduce(0) { $0 + $1.set.packages.count }
            rows.append(Row(name: "NVIDIA's packages", value: "\(count) (\(layers))", reason: nil))
        }
        if plan.flavor == .devel {
            rows.append(
                Row(
                    name: "compiler, headers, static libraries", value: "in the image",
                    reason: "flavor devel; compile in 'build' and ship runtime or base to leave them out"))
        } else if plan.toolchain != nil {
            rows.append(
                Row(name: "compiler, headers, static libraries", value: "in the build stage alone", reason: nil))
        }
        if plan.application.python != nil {
            rows.append(
                Row(name: "downloads of Python packages", value: "in the builder's cache", reason: "never in a layer"))
        }
        return Section(title: "Size", rows: rows)
    }

    private static func application(of plan: ImagePlan) -> Section? {
        let application = plan.application
        var rows: [Row] = []
        if !application.systemPackages.isEmpty {
            rows.append(
                Row(
                    name: "system packages", value: application.systemPackages.map(\.text).joined(separator: ", "),
                    reason: nil))
        }
        switch application.user {
        case .account(let name, let uid, let gid):
            rows.append(Row(name: "user", value: "\(name) (\(uid):\(gid))", reason: "not root"))
        case .root: rows.append(Row(name: "user", value: "root", reason: "the recipe says so"))
        case nil: break
        }
        if let path = application.workingDirectory {
            rows.append(Row(name: "working directory", value: path.text, reason: nil))
        }
        if let entrypoint = application.entrypoint {
            rows.append(Row(name: "entrypoint", value: entrypoint.joined(separator: " "), reason: nil))
        }
        return rows.isEmpty ? nil : Section(title: "Application", rows: rows)
    }
}

extension Explanation.Row {
    init<Value: CustomStringConvertible>(_ name: String, _ decision: Decision<Value>) {
        self.init(name: name, value: decision.value.description, reason: decision.because.description)
    }

    init(_ name: String, _ decision: Decision<ImageSource>) {
        self.init(name: name, value: decision.value.rawValue, reason: decision.because.description)
    }
}
