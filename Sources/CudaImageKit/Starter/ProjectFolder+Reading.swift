extension ProjectFolder {
    /// Looks into a folder on disk.
    ///
    /// Links are not followed, pipes and devices not opened, hidden folders and those of builds and installed packages not
    /// entered.
    /// - Throws: what is wrong with the folder itself; what can't be read in it is an omission.
    package static func read(path: String, bounds: Bounds = Bounds()) throws(DiagnosticError) -> ProjectFolder {
        var search = FolderSearch(root: path, bounds: bounds)
        do throws(FileError) {
            try search.run()
        } catch {
            throw DiagnosticError(.unreadableFile, "can't look into \(error)", help: "name a project's folder")
        }
        var folder = ProjectFolder(name: name(of: path), files: search.files, omissions: search.omissions)
        folder.readTexts(below: path, bounds: bounds)
        return folder
    }

    /// The folder's name, of `.` too.
    private static func name(of path: String) -> String {
        FilePath.name(of: FileSystem.absolutePath(of: path) ?? path)
    }

    /// Reads what detectors look at: first the few files that say how a project is built, those near the top before others,
    /// then code.
    private mutating func readTexts(below root: String, bounds: Bounds) {
        var left = bounds.totalSize
        let wanted = files.compactMap { path in Self.interest(in: path).map { (interest: $0, path: path) } }
            .sorted { left, right in
                (left.interest, Self.depth(of: left.path)) < (right.interest, Self.depth(of: right.path))
            }
        for (_, path) in wanted { readText(path, below: root, bounds: bounds, left: &left) }
        // What requirements name, whatever it is called.
        var waiting = wanted.filter { $0.interest == 0 && Self.ending(of: $0.path) == "txt" }.map(\.path)
        while let path = waiting.popLast() {
            guard let source = source(path) else { continue }
            for line in FrameworkPins.requirementLines(source) {
                for option in FrameworkPins.options(of: line.value)
                where FrameworkPins.includingOptions.contains(option.name) {
                    let folder = Self.parent(of: path)
                    let name = folder.isEmpty ? option.value : "\(folder)/\(option.value)"
                    guard let included = FilePath.normalized(name), has(included), self.source(included) == nil
                    else { continue }
                    readText(included, below: root, bounds: bounds, left: &left)
                    waiting.append(included)
                }
            }
        }
    }

    /// - Parameter left: how many bytes may still be read.
    private mutating func readText(_ path: String, below root: String, bounds: Bounds, left: inout Int) {
        guard left > 0 else { return omit(path, because: "not read: \(bounds.totalSize) bytes of other files were") }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.bytes(of: "\(root)/\(path)", limit: min(bounds.fileSize, left)) ?? []
        } catch {
            return omit(path, because: "not read: \(error.reason)")
        }
        left -= bytes.count
        if let source = try? RecipeSource(bytes: bytes, fileName: path) {
            add(source)
        } else {
            omit(path, because: "not read: it is not UTF-8")
        }
    }

    /// 0 for what describes a build, 1 for code, `nil` for what is not read.
    private static func interest(in path: String) -> Int? {
        let name = FilePath.name(of: path)
        if described.contains(name) || name.hasPrefix("Dockerfile") { return 0 }
        switch ending(of: path) {
        case "txt":
            return name.hasPrefix("requirements") || FilePath.name(of: parent(of: path)) == "requirements" ? 0 : nil
        case "cmake", "mk": return 0
        case "py", "cu": return 1
        default: return nil
        }
    }

    private static let described: Set<String> = [
        "pyproject.toml", "uv.lock", "environment.yml", "environment.yaml", "CMakeLists.txt", "Makefile", "makefile",
        "GNUmakefile", ".python-version", "Containerfile", ".dockerignore",
    ]
}

/// A search by breadth, so that what lies near the top is seen before the bounds are met.
private struct FolderSearch {
    let root: String
    let bounds: ProjectFolder.Bounds
    var files: [String] = []
    var omissions: [ProjectFolder.Omission] = []
    private var count = 0

    init(root: String, bounds: ProjectFolder.Bounds) {
        self.root = root
        self.bounds = bounds
    }

    mutating func run() throws(FileError) {
        var waiting = try look(into: "", depth: 0)
        for depth in 1..<max(bounds.depth + 1, 2) {
            var next: [String] = []
            for folder in waiting {
                do throws(FileError) {
                    next += try look(into: folder, depth: depth)
                } catch {
                    omit(folder + "/", "not entered: \(error.reason)")
                }
            }
            waiting = next
        }
        if !waiting.isEmpty { omit(waiting[0] + "/", "not entered, nor others this deep") }
    }

    /// - Returns: the folders in it.
    private mutating func look(into folder: String, depth: Int) throws(FileError) -> [String] {
        guard count < bounds.entries else {
            omit(folder + "/", "not entered: \(bounds.entries) names were seen before")
            return []
        }
        let place = folder.isEmpty ? root : "\(root)/\(folder)"
        let (entries, isComplete) = try FileSystem.entries(of: place, limit: bounds.entries - count)
        count += entries.count
        if !isComplete { omit(folder + "/", "more than \(bounds.entries) names: the rest is not looked at") }
        // Environments of Python and build trees of CMake, whatever they are called.
        if depth > 0, entries.contains(where: { ["pyvenv.cfg", "CMakeCache.txt"].contains($0.name) }) { return [] }
        var folders: [String] = []
        for entry in entries {
            let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
            guard ContainerPath(path) != nil, !entry.name.unicodeScalars.contains(where: \.isUnsafeOnTerminal),
                !entry.name.unicodeScalars.contains("\u{FFFD}")
            else {
                omit(String(path.quotedExcerpt.dropFirst().dropLast()), "a name that no recipe can hold")
                continue
            }
            switch entry.kind {
            case .file: files.append(path)
            case .folder where !entry.name.hasPrefix(".") && !Self.skipped.contains(entry.name): folders.append(path)
            case .folder: break
            case .link: omit(path, "a link: not followed")
            case .other: omit(path, "not a regular file")
            }
        }
        return folders
    }

    private mutating func omit(_ path: String, _ reason: String) {
        omissions.add(path, because: reason)
    }

    /// What tools make, and other people's code.
    private static let skipped: Set<String> = [
        "__pycache__", "node_modules", "site-packages", "build", "dist", "target", "third_party", "thirdparty",
        "external", "vendor", "_deps",
    ]
}
