/// Where a project's packages come from: the indexes of uv and Poetry, and the packages that name one of them.
///
/// Sources: uv's documentation ("Package indexes", "Using uv with PyTorch"), Poetry's ("Repositories").
struct ProjectSources {
    private struct Index {
        var name: String?
        var url: Located<String>?
        /// Whether only packages that name it come from it.
        var isExplicit = false
        /// Whether it takes the place of the manager's own.
        var isDefault = false
    }

    /// By the heading, or the number in a list, that an index stands under.
    private var named: [Int: Index] = [:]
    /// What packages name, with the marker of that, and whether the package is one of PyTorch's.
    private var uses: [(index: String, marker: String?, isOfPyTorch: Bool)] = []
    /// What stands without a name: further indexes.
    private var unnamed: [FrameworkPins.Index] = []
    private var unnamedMain: String?
    private var unnamedFurther: [String] = []

    mutating func read(_ entry: TOMLReader.Entry) {
        guard entry.path.first == "tool", entry.path.count > 2 else { return }
        switch (entry.path[1], entry.path[2]) {
        case ("uv", "index") where entry.path.count == 3:
            guard case .array(let items) = entry.value.content else { break }
            for (offset, item) in items.enumerated() {
                guard case .table(let entries) = item.content else { continue }
                // Numbers that no heading has.
                for member in entries { read(member.path.last ?? "", member.value, ofIndex: -1 - offset) }
            }
        case ("uv", "index"), ("poetry", "source"):
            read(entry.path[3], entry.value, ofIndex: entry.heading)
        case ("uv", "index-url"), ("uv", "extra-index-url"), ("uv", "find-links"):
            let isMain = entry.path[2] == "index-url"
            let values: [TOMLReader.Value]
            if case .array(let items) = entry.value.content { values = items } else { values = [entry.value] }
            for value in values {
                guard let url = value.string else { continue }
                unnamed.append(FrameworkPins.Index(url: Located(url, at: value.span)))
                if isMain { unnamedMain = url }
                if entry.path[2] == "extra-index-url" { unnamedFurther.append(url) }
            }
        case ("uv", "sources") where entry.path.count > 3:
            let isOfPyTorch = isPyTorch(entry.path[3])
            readUse(entry.path.dropFirst(4).first, entry.value, key: "index", isOfPyTorch: isOfPyTorch) { entries in
                entries.first { $0.path == ["marker"] }?.value.string
            }
        case ("poetry", "dependencies") where entry.path.count > 3:
            readUse(
                entry.path.dropFirst(4).first, entry.value, key: "source", isOfPyTorch: isPyTorch(entry.path[3]),
                marker: FrameworkPins.poetryMarker)
        default: break
        }
    }

    private func isPyTorch(_ name: String) -> Bool {
        FrameworkPins.packagesOfPyTorch.contains(PythonRequirement.normalized(name))
    }

    private mutating func read(_ key: String, _ value: TOMLReader.Value, ofIndex number: Int) {
        var index = named[number] ?? Index()
        switch (key, value.content) {
        case ("name", .string(let name)): index.name = name
        case ("url", .string(let url)): index.url = Located(url, at: value.span)
        case ("explicit", .other(let flag)): index.isExplicit = flag == "true"
        case ("default", .other(let flag)): index.isDefault = flag == "true"
        case ("priority", .string(let priority)): index.isExplicit = priority == "explicit"
        default: break
        }
        named[number] = index
    }

    /// `torch = {index = "x"}`, `torch.index = "x"`, or a list of such tables with markers.
    private mutating func readUse(
        _ inner: String?, _ value: TOMLReader.Value, key: String, isOfPyTorch: Bool,
        marker: ([TOMLReader.Entry]) -> String?
    ) {
        switch value.content {
        case .string(let name) where inner == key: uses.append((name, nil, isOfPyTorch))
        case .table(let entries) where inner == nil:
            if let name = entries.first(where: { $0.path == [key] })?.value.string {
                uses.append((name, marker(entries), isOfPyTorch))
            }
        case .array(let items) where inner == nil:
            for item in items { readUse(nil, item, key: key, isOfPyTorch: isOfPyTorch, marker: marker) }
        default: break
        }
    }

    /// What PyTorch's packages come from: what they name, else every index that is not explicit.
    var indexes: [FrameworkPins.Index] {
        let uses = uses.filter(\.isOfPyTorch)
        if !uses.isEmpty {
            let byName = Dictionary(all.map { ($0.name, $0.url) }) { first, _ in first }
            return uses.compactMap { use in
                (byName[use.index] ?? nil).map { FrameworkPins.Index(url: $0, marker: use.marker) }
            }.uniqued
        }
        return all.filter { !$0.isExplicit }.compactMap { $0.url.map { FrameworkPins.Index(url: $0) } } + unnamed
    }

    /// What takes the place of the manager's own index.
    var mainIndex: String? { all.first(where: \.isDefault)?.url?.value ?? unnamedMain }

    /// Every other index that packages for Linux come from; one that is explicit, if a package names it.
    var furtherIndexes: [String] {
        let used = Set(
            uses.filter { EnvironmentMarker.holds($0.marker, python: nil, platforms: Platform.allCases) != false }
                .map(\.index))
        let named = all.filter { index in
            !index.isDefault && (!index.isExplicit || index.name.map(used.contains) ?? false)
        }
        return (named.compactMap(\.url?.value) + unnamedFurther).uniqued
    }

    /// In the order of the file; those of a list behind those of headings.
    private var all: [Index] {
        named.sorted { ($0.key < 0 ? 1 : 0, abs($0.key)) < ($1.key < 0 ? 1 : 0, abs($1.key)) }.map(\.value)
    }
}
