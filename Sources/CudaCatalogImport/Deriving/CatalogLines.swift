import CudaImageKit

/// Writes images in the form that `Catalog(parsing:)` reads.
struct CatalogLines {
    private var numbered: [String: [String: Int]] = [:]
    private var lines: [String: [String]] = [:]

    /// The catalogue's text; `header` are the lines below the first.
    func text(header: [String]) -> String {
        var all = ["cudagen-catalog 1 extends"] + header
        for section in ["releases", "tags", "images", "requires", "environments", "sets"] {
            guard let lines = lines[section] else { continue }
            all += ["[\(section)]"] + lines
        }
        return all.map { $0 + "\n" }.joined()
    }

    mutating func add(_ line: [String], to section: String) {
        lines[section, default: []].append(line.joined(separator: "\t"))
    }

    mutating func add(_ image: DerivedImage) {
        let facts = image.facts
        var line = [
            "\(facts.cuda) \(facts.os) \(facts.platform.architecture)", "base=\(facts.baseImage)",
            "manager=\(facts.packageManager.rawValue)",
        ]
        if let repository = facts.repository { line.append("repository=\(repository)") }
        if let key = facts.signingKey { line.append("key=\(key.id)") }
        if facts.cudaVersionVariable != facts.cuda.description { line.append("version=\(facts.cudaVersionVariable)") }
        if let requirement = facts.requireCUDA { line.append("require=\(number([requirement], in: "requires"))") }
        var environment = facts.environment.map { "env=\($0.name)=\($0.value)" }
        if !facts.linkerPaths.isEmpty { environment.append("linker=\(facts.linkerPaths.joined(separator: " "))") }
        line.append("environment=\(number(environment, in: "environments"))")
        if let derivation = facts.derivation {
            line.append("derived=\(derivation.template)")
            if !derivation.leftOut.isEmpty {
                line.append("left-out=\(derivation.leftOut.joined(separator: " "))")
            }
        }
        let sets = image.layers.map { "\($0.variant):\(number(Self.fields(of: $0), in: "sets"))" }
        line.append("sets=\(sets.joined(separator: " "))")
        add(line, to: "images")
    }

    /// The number of a line, which is added if it is not there.
    private mutating func number(_ fields: [String], in section: String) -> Int {
        let text = fields.joined(separator: "\t")
        if let number = numbered[section]?[text] { return number }
        let number = lines[section]?.count ?? 0
        numbered[section, default: [:]][text] = number
        add(["\(number)"] + fields, to: section)
        return number
    }

    private static func fields(of layer: DerivedImage.Layer) -> [String] {
        let set = layer.set
        var fields = ["on=\(layer.below.map(\.description) ?? "nothing")"]
        func list(_ key: String, _ words: [String]) {
            if !words.isEmpty { fields.append("\(key)=\(words.joined(separator: " "))") }
        }
        list("packages", set.packages.map { pin in pin.version.map { "\(pin.name)=\($0)" } ?? pin.name })
        list("optional", set.optionalPackages)
        list("system", set.systemPackages)
        list("purge", set.purgedPackages)
        list("hold", set.heldPackages)
        fields += set.environment.map { "env=\($0.name)=\($0.value)" }
        list("symlinks", set.symlinks.map { "\($0.link)>\($0.target)" })
        list("cudnn", set.cudnnVersion.map { [$0] } ?? [])
        list("yum-option", set.yumOption.map { [$0] } ?? [])
        if set.upgradesSystem { fields.append("upgrade=yes") }
        list("command", set.systemCommand.map { [$0] } ?? [])
        return fields
    }
}
