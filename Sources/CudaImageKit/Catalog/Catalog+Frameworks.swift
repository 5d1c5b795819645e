extension Catalog {
    /// The builds of a framework's releases, oldest first.
    public func releases(of framework: Framework) -> [FrameworkRelease] {
        releases(key: framework.rawValue)
    }

    /// The builds of one release of a framework, as the catalogue writes its version.
    func releases(of framework: Framework, version: PythonPackageVersion) -> [FrameworkRelease] {
        releases(key: "\(framework) \(version)")
    }

    private func releases(key: String) -> [FrameworkRelease] {
        var found: [FrameworkRelease] = []
        // Where each build of a later layer stands; the first layer's are not searched for.
        var places: [String: Int] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .frameworks, key: key) { bytes in
                guard let release = FrameworkRelease(CatalogLine(bytes)) else { return true }
                guard layers.count > 1 else {
                    found.append(release)
                    return true
                }
                let name = "\(release.version) \(release.variant)"
                if let place = places[name] {
                    found[place] = release
                } else {
                    places[name] = found.count
                    found.append(release)
                }
                return true
            }
        }
        return found.sorted { ($0.version, $0.variant) < ($1.version, $1.variant) }
    }

    /// The releases nearest to a version that the catalogue does not have: the one before and the one after.
    public func neighbours(of version: PythonPackageVersion, in framework: Framework) -> [PythonPackageVersion] {
        let versions = releases(of: framework).map(\.version)
        return [versions.last { $0 < version }, versions.first { $0 > version }].compactMap { $0 }
    }

    /// What a framework asks of the GPU, beside what CUDA does.
    public func floors(of framework: Framework) -> [FrameworkFloor] {
        layers.flatMap { layer in
            var found: [FrameworkFloor] = []
            layer.lines(of: .frameworkFloors, key: framework.rawValue) { bytes in
                if let floor = FrameworkFloor(CatalogLine(bytes)) { found.append(floor) }
                return true
            }
            return found
        }
    }

    /// The GPU code in a framework's wheels, where it is known.
    public func targets(of framework: Framework) -> [FrameworkTargets] {
        layers.flatMap { layer in
            var found: [FrameworkTargets] = []
            layer.lines(of: .frameworkTargets, key: framework.rawValue) { bytes in
                if let targets = FrameworkTargets(CatalogLine(bytes)) { found.append(targets) }
                return true
            }
            return found
        }
    }
}

extension FrameworkTargets {
    /// Whether a build is one of those: `2.12` to `2.14` cover `2.14.1`.
    func covers(_ release: FrameworkRelease) -> Bool {
        guard release.framework == framework, release.runs(with: cuda) else { return false }
        let last = VersionSpecifier(.equal, versions.upperBound, isPrefix: true)
        let version = release.version
        return version >= versions.lowerBound && (version <= versions.upperBound || last.allows(version))
    }

    /// Whether a build is of the same minor release and CUDA as those: what `2.7.0` holds is told of `2.7.1`.
    func coversSeries(of release: FrameworkRelease) -> Bool {
        release.framework == framework && release.runs(with: cuda)
            && release.version.release.prefix(2) == versions.upperBound.release.prefix(2)
    }

    /// `torch ⇥ versions=2.12 2.14 ⇥ cuda=13.0.2 ⇥ platform=linux/amd64 ⇥ targets=7.5 8.0 ⇥ ptx=12.0`
    init?(_ line: CatalogLine) {
        let versions = line.words(of: "versions").compactMap { PythonPackageVersion($0) }
        let range = line.words(of: "range").compactMap { ComputeCapability($0) }
        let targets = line.words(of: "targets").map { ComputeCapability($0) }
        let ptx = line.words(of: "ptx").map { ComputeCapability($0) }
        guard let framework = Framework(rawValue: line.text(0)), versions.count == 2, versions[0] <= versions[1],
            let cuda = CUDAVersion(line["cuda"] ?? ""), let platform = Platform(line["platform"] ?? ""),
            range.isEmpty && !targets.isEmpty || range.count == 2 && range[0] <= range[1],
            !targets.contains(nil), !ptx.contains(nil)
        else { return nil }
        self.init(
            framework: framework, versions: versions[0]...versions[1], cuda: cuda, platform: platform,
            targets: targets.compactMap { $0 }, range: range.isEmpty ? nil : range[0]...range[1],
            ptx: ptx.compactMap { $0 })
    }
}

extension FrameworkFloor {
    /// `torch ⇥ capability=9.0 ⇥ version=2.0.1 ⇥ cuda=11.8`, `jax ⇥ cuda=13 ⇥ oldest=7.5`, `vllm ⇥ version=0.9.0 ⇥ oldest=7.0`
    init?(_ line: CatalogLine) {
        guard let framework = Framework(rawValue: line.text(0)) else { return nil }
        self.init(
            framework: framework, capability: line["capability"].flatMap { ComputeCapability($0) },
            version: line["version"].flatMap { PythonPackageVersion($0) },
            cuda: line["cuda"].flatMap { CUDAVersionPattern($0) },
            oldest: line["oldest"].flatMap { ComputeCapability($0) })
        guard (capability == nil) != (oldest == nil), version != nil || cuda != nil else { return nil }
    }
}

extension FrameworkRelease {
    /// `torch 2.4.0 ⇥ cu124 ⇥ cuda=12.4 ⇥ cudnn=9.1.0.70 ⇥ libraries=wheel ⇥ pythons=3.8 3.9 ⇥ requirement=… ⇥ index=…`
    init?(_ line: CatalogLine) {
        let key = line.words(0)
        let pythons = line.words(of: "pythons").map { PythonVersion($0) }
        guard key.count == 2, let framework = Framework(rawValue: key[0]), let version = PythonPackageVersion(key[1]),
            !line.text(1).isEmpty, !line.text(1).contains("="), let requirement = line["requirement"],
            !pythons.contains(nil), let requiresPython = VersionSpecifiers(line["requires-python"] ?? "")
        else { return nil }
        let index: Index =
            switch (line["index"], line["find-links"]) {
            case ("default"?, _): .default
            case (let url?, _): .url(url)
            case (nil, let url?): .links(url)
            case (nil, nil): .unknown
            }
        self.init(
            framework: framework, version: version, variant: line.text(1),
            cuda: line["cuda"].flatMap { CUDAVersionPattern($0) }, builtWith: line["built"].flatMap { CUDAVersion($0) },
            since: line["since"].flatMap { CUDAVersion($0) }, cudnn: line["cudnn"],
            libraries: line["libraries"].flatMap { Libraries(rawValue: $0) } ?? .bundled,
            pythons: pythons.compactMap { $0 },
            requiresPython: requiresPython, stability: line["stability"],
            minimumDriver: line["driver"].flatMap { DriverVersion($0) }, requirement: requirement,
            wheelsRequirement: line["wheels"], index: index, companions: line.words(of: "companions"))
    }
}
