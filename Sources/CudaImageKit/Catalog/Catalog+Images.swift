extension Catalog {
    /// What NVIDIA publishes for a release, operating system and platform; `nil` if the catalogue has no pins for it.
    public func image(_ cuda: CUDAVersion, _ os: OperatingSystem, _ platform: Platform) -> ImageFacts? {
        images(key: "\(cuda) \(os) \(platform.architecture)").first
    }

    /// The images of a release and operating system, one for each platform.
    public func images(cuda: CUDAVersion, os: OperatingSystem) -> [ImageFacts] {
        images(key: "\(cuda) \(os)")
    }

    private func images(key: String) -> [ImageFacts] {
        var found: [ImageFacts] = []
        for (index, layer) in layers.enumerated() {
            // What a newer layer says of another platform hides nothing.
            let newer = Set(found.map(\.platform))
            layer.lines(of: .images, key: key) { bytes in
                if let facts = image(CatalogLine(bytes), layer: index), !newer.contains(facts.platform) {
                    found.append(facts)
                }
                return true
            }
        }
        return found.sorted { $0.platform < $1.platform }
    }

    /// Every image whose packages come from one of NVIDIA's repositories, by release and operating system, ascending.
    ///
    /// - Parameter repository: its folder: `ubuntu2404/x86_64`.
    public func images(inRepository repository: String) -> [ImageFacts] {
        var found: [String: ImageFacts] = [:]
        for (index, layer) in layers.enumerated().reversed() {
            layer.lines(of: .images) { bytes in
                let line = CatalogLine(bytes)
                if line["repository"] == repository { found[line.text(0)] = image(line, layer: index) }
                return true
            }
        }
        return found.values.sorted { ($0.cuda, $0.os) < ($1.cuda, $1.os) }
    }

    /// The repositories that the catalogue's images use, with their package managers, ascending.
    public var repositories: [(folder: String, packageManager: PackageManager)] {
        var found: [String: PackageManager] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .images) { bytes in
                let line = CatalogLine(bytes)
                if let folder = line["repository"], let manager = line["manager"].flatMap(PackageManager.init) {
                    found[folder] = manager
                }
                return true
            }
        }
        return found.map { (folder: $0.key, packageManager: $0.value) }.sorted { $0.folder < $1.folder }
    }

    /// The layers of a variant, from the bottom: base, runtime, devel, cuDNN.
    ///
    /// - Returns: `nil` if the image has no such variant.
    public func layers(of variant: ImageVariant, in facts: ImageFacts) -> [CatalogLayer]? {
        guard let reference = facts.sets[variant], let (set, below) = set(at: reference) else { return nil }
        let layer = CatalogLayer(variant: variant, set: set)
        switch below ?? Self.below(variant) {
        case .nothing: return [layer]
        case .variant(let lower): return layers(of: lower, in: facts).map { $0 + [layer] }
        }
    }

    /// What a set stands on, if its line says so.
    enum Below: Hashable {
        case nothing
        case variant(ImageVariant)
    }

    /// devel on runtime on base; cuDNN on the flavor without it.
    private static func below(_ variant: ImageVariant) -> Below {
        if variant.cudnn != nil { return .variant(ImageVariant(variant.flavor)) }
        switch variant.flavor {
        case .base: return .nothing
        case .runtime: return .variant(ImageVariant(.base))
        case .devel: return .variant(ImageVariant(.runtime))
        }
    }

    private func set(at reference: CatalogSetReference) -> (PackageSet, Below?)? {
        var result: (PackageSet, Below?)?
        layers[reference.layer].line(of: .sets, number: reference.index) { bytes in
            let line = CatalogLine(bytes)
            let below = line["on"].flatMap { $0 == "nothing" ? .nothing : ImageVariant($0).map(Below.variant) }
            result = (PackageSet(line), below)
        }
        return result
    }

    private func image(_ line: CatalogLine, layer: Int) -> ImageFacts? {
        let key = line.words(0)
        guard key.count == 3, let cuda = CUDAVersion(key[0]), let os = OperatingSystem(key[1]),
            let platform = Platform(key[2]), let base = line["base"],
            let manager = line["manager"].flatMap(PackageManager.init(rawValue:))
        else { return nil }
        let environment = numbered(.environments, line["environment"], layer: layer)
        var facts = ImageFacts(
            cuda: cuda, os: os, platform: platform, baseImage: base, packageManager: manager,
            repository: line["repository"], machineLearningRepository: line["machine-learning"],
            signingKey: line["key"].flatMap(signingKey), cudaVersionVariable: line["version"] ?? key[0],
            requireCUDA: numbered(.requires, line["require"], layer: layer)?.text,
            environment: environment?.variables ?? [], linkerPaths: environment?.linkerPaths ?? [],
            quirks: line.words(of: "quirks").compactMap { numbered(.quirks, $0, layer: layer)?.text },
            derivation: line["derived"].flatMap { CUDAVersion($0) }.map {
                ImageFacts.Derivation(template: $0, leftOut: line.words(of: "left-out"))
            })
        for word in line.words(of: "sets") {
            guard let (name, number) = word.splitOnce(at: ":"), let variant = ImageVariant(name),
                let index = Int(number)
            else { continue }
            facts.sets[variant] = CatalogSetReference(layer: layer, index: index)
        }
        facts.variants = facts.sets.keys.sorted()
        return facts
    }

    /// The line of a section that begins with a number.
    private func numbered(_ section: CatalogText.Section, _ number: String?, layer: Int) -> NumberedLine? {
        guard let number = number.flatMap({ Int($0) }) else { return nil }
        var found: NumberedLine?
        layers[layer].line(of: section, number: number) { bytes in
            found = NumberedLine(CatalogLine(bytes))
        }
        return found
    }

    private struct NumberedLine {
        var text: String
        var variables: [PackageSet.Variable]
        var linkerPaths: [String]

        init(_ line: CatalogLine) {
            text = line.text(1)
            variables = line.all("env").compactMap(PackageSet.Variable.init(assignment:))
            linkerPaths = line.words(of: "linker")
        }
    }

    /// The key of that id in the section `[keys]`.
    func signingKey(_ id: String) -> SigningKey? {
        for layer in layers {
            var found: SigningKey?
            layer.lines(of: .keys, key: id) { bytes in
                let line = CatalogLine(bytes)
                found = line["file"].map {
                    SigningKey(
                        id: id, file: $0, fingerprint: line["fingerprint"], sha256WithoutVersionLine: line["sha256"])
                }
                return false
            }
            if let found { return found }
        }
        return nil
    }
}

extension PackageSet {
    /// `12 ⇥ packages=a=1 b=2 ⇥ hold=a ⇥ env=NAME=value ⇥ …`; what each key means stands at the property.
    init(_ line: CatalogLine) {
        self.init()
        packages = line.words(of: "packages").map { word in
            let (name, version) = word.splitOnce(at: "=") ?? (word, "")
            return Pin(name: name, version: version.isEmpty ? nil : version)
        }
        optionalPackages = line.words(of: "optional")
        systemPackages = line.words(of: "system")
        purgedPackages = line.words(of: "purge")
        heldPackages = line.words(of: "hold")
        environment = line.all("env").compactMap(Variable.init(assignment:))
        symlinks = line.words(of: "symlinks").compactMap { word in
            word.splitOnce(at: ">").map { Symlink(link: $0.0, target: $0.1) }
        }
        archives = line.all("archive").compactMap(Download.init(word:))
        packageFiles = line.all("file").compactMap(Download.init(word:))
        cudnnVersion = line["cudnn"]
        tensorRTVersion = line["tensorrt"]
        yumOption = line["yum-option"]
        upgradesSystem = line["upgrade"] == "yes"
        systemCommand = line["command"]
    }
}

extension PackageSet.Variable {
    init?(assignment: String) {
        guard let (name, value) = assignment.splitOnce(at: "=") else { return nil }
        self.init(name: name, value: value)
    }
}

extension PackageSet.Download {
    /// `SHA256 URL`
    init?(word: String) {
        guard let (sum, url) = word.splitOnce(at: " ") else { return nil }
        self.init(url: url, sha256: sum)
    }
}
