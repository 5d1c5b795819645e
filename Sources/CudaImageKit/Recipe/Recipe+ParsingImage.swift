extension Recipe.Image {
    /// `image:`
    init(reading keys: MappingReader<Key>) {
        self.init()
        cuda = keys.cuda(.cuda)
        flavor = keys.choice(.flavor, "a flavor")
        os = keys.value(
            .os, "an operating system", rule: OperatingSystem.rule,
            hint: { OperatingSystem.meant(by: $0)?.description })
        cudnn = keys.value(.cudnn, "a choice of cuDNN", rule: "true, false, a major version such as 8, or tensorrt")
        source = keys.choice(.source, "a source")
        base = keys.value(.base, "an image", rule: "[registry/]repository[:tag][@digest], such as debian:12")
        platforms = keys.platforms(.platforms)
    }
}

extension Recipe.GPU {
    /// `gpu:`
    init(reading keys: MappingReader<Key>) {
        self.init()
        devices = keys.devices(.devices)
        capabilities = keys.choices(.capabilities, "a driver capability")
        architectures = keys.values(
            .architectures, "a GPU architecture", rule: "a compute capability such as 8.0, 9.0a or 9.0+PTX")
    }
}

extension MappingReader {
    /// A release, or part of one.
    func cuda(_ key: Key) -> Located<CUDAVersionPattern>? {
        guard let line = line(key) else { return nil }
        if line.value == "resolve" {
            findings.error(
                .notSupported, "'\(name(key)): resolve' is not supported by this version", at: line.span,
                help: "write a release such as 12.4")
            return nil
        }
        return findings.value(line, "a CUDA release", rule: "12, 12.4 or 12.4.1")
    }

    /// Platforms, each once.
    func platforms(_ key: Key) -> [Located<Platform>] {
        let known = Platform.allCases.map(\.description).joined(separator: ", ")
        var platforms: [Located<Platform>] = []
        for platform in values(key, "a platform", rule: "expected \(known)", as: Platform.self) {
            if platforms.contains(where: { $0.value == platform.value }) {
                findings.error(.invalidValue, "the platform '\(platform.value)' occurs twice", at: platform.span)
            } else {
                platforms.append(platform)
            }
        }
        return platforms
    }

    /// `all`, `none`, `0,1`, or a list of indices and UUIDs.
    fileprivate func devices(_ key: Key) -> Located<String>? {
        guard let node = node(key) else { return nil }
        guard case .sequence = node.content else {
            return line(key, "a choice of devices", rule: RecipeRules.devicesRule, where: RecipeRules.isDevices)
        }
        let items = lines(key, "a device", rule: RecipeRules.devicesRule, where: RecipeRules.isDevices)
        return items.isEmpty ? nil : Located(items.map(\.value).joined(separator: ","), at: node.span)
    }
}
