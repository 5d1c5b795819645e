extension Recipe.Image {
    /// `image:`
    init(reading keys: MappingReader<Key>) {
        self.init()
        if let line = keys.line(.cuda) {
            if line.value == "resolve" { resolve = line.span } else { cuda = keys.findings.cuda(line) }
        }
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
        capabilities = keys.distinct(keys.choices(.capabilities, "a driver capability"), "capability")
        architectures = keys.distinct(
            keys.values(
                .architectures, "a GPU architecture", rule: "a compute capability such as 8.0, 9.0a or 9.0+PTX"),
            "architecture")
    }
}

extension FindingList {
    /// A release, or part of one.
    fileprivate func cuda(_ line: Located<String>) -> Located<CUDAVersionPattern>? {
        value(line, "a CUDA release", rule: "12, 12.4 or 12.4.1, or resolve")
    }
}

extension MappingReader {
    /// Platforms, each once.
    func platforms(_ key: Key) -> [Located<Platform>] {
        let known = Platform.allCases.map(\.description).joined(separator: ", ")
        return distinct(values(key, "a platform", rule: "expected \(known)", as: Platform.self), "platform")
    }

    /// `all`, `none`, `0,1`, or a list of indices and UUIDs.
    fileprivate func devices(_ key: Key) -> Located<String>? {
        guard let node = node(key) else { return nil }
        guard case .sequence = node.content else {
            return line(key, "a choice of devices", rule: RecipeRules.devicesRule, where: RecipeRules.isDevices)
        }
        let items = distinct(
            lines(key, "a device", rule: RecipeRules.devicesRule, where: RecipeRules.isDevices), "device")
        if items.count > 1, let word = items.first(where: { RecipeRules.wholeDevices.contains($0.value) }) {
            findings.error(
                .conflictingKeys, "'\(word.value)' stands alone: no other device can be named beside it",
                at: word.span, help: "leave it or the others out")
            return nil
        }
        return items.isEmpty ? nil : Located(items.map(\.value).joined(separator: ","), at: node.span)
    }
}
