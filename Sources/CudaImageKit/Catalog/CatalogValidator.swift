/// Checks a catalogue that cudagen does not ship: every line has to be a fact, and what lines refer to has to be there.
///
/// What passes can be rendered: names, versions, addresses and checksums have only the characters such things have.
struct CatalogValidator {
    let text: CatalogText
    let fileName: String
    private(set) var diagnostics = Diagnostics()

    private var numbers: [CatalogText.Section: Set<String>] = [:]
    private var references: [(section: CatalogText.Section, number: String, line: Int)] = []
    private static let maximumProblems = 50

    init(text: CatalogText, fileName: String) {
        self.text = text
        self.fileName = fileName
    }

    mutating func validate() {
        guard text.header.version == 1 else {
            report(1, "a catalogue begins with 'cudagen-catalog 1'")
            return
        }
        var lines: [(Int, CatalogLine, String)] = []
        text.forEachLine { number, bytes in
            lines.append((number, CatalogLine(bytes), String(decoding: bytes, as: UTF8.self)))
        }
        var section: CatalogText.Section?
        var seen: Set<CatalogText.Section> = []
        for (number, line, text) in lines where diagnostics.errorCount < Self.maximumProblems {
            if text.hasPrefix("["), text.hasSuffix("]") {
                let name = String(text.dropFirst().dropLast())
                section = CatalogText.Section(rawValue: name)
                if let section {
                    if !seen.insert(section).inserted { report(number, "the section '\(name)' stands here twice") }
                } else {
                    let near = Suggestion.nearest(to: name, in: CatalogText.Section.allCases.map(\.rawValue))
                    report(number, "unknown section '\(name)'", help: near.map { "did you mean '\($0)'?" })
                }
            } else if text.isEmpty {
                report(number, "a catalogue has no blank lines")
            } else if let section {
                check(line, in: section, at: number)
            }
        }
        for reference in references where numbers[reference.section]?.contains(reference.number) != true {
            report(
                reference.line, "there is no line \(reference.number) in the section '\(reference.section.rawValue)'")
        }
    }

    private mutating func check(_ line: CatalogLine, in section: CatalogText.Section, at number: Int) {
        switch section {
        case .releases: expect(ReleaseFacts(line) != nil, "a release: VERSION, STATUS, options", number)
        case .keys:
            expect(
                Self.isWord(line.text(0)) && line["file"].map(Self.isWord) ?? false
                    && line["fingerprint"].map { Self.isHex($0, 40) } ?? true
                    && line["sha256"].map { Self.isHex($0, 64) } ?? true,
                "a key: ID, file=NAME, fingerprint=40 digits or sha256=64 digits", number)
        case .tags:
            var count = 0
            TagFacts.forEach(in: line) { _ in count += 1 }
            expect(
                line.count == 7 && count > 0 && count == line.words(6).count,
                "tags: 'CUDA OS', status, list, platforms, pins or names, rc or -, variants", number)
        case .aliases: expect(CUDAImageTag(line.text(1)) != nil, "an alias: ALIAS, TAG", number)
        case .images: checkImage(line, at: number)
        case .requires: checkNumber(line, in: section, at: number)
        case .environments:
            checkNumber(line, in: section, at: number)
            expect(Self.haveNames(line.all("env")), "variables: env=NAME=value", number)
            expect(
                line.words(of: "linker").allSatisfy { $0.hasPrefix("/") && Self.isPath($0) }, "paths in linker=", number
            )
        case .quirks: checkNumber(line, in: section, at: number)
        case .sets: checkSet(line, at: number)
        case .drivers, .driverFloors:
            expect(
                VersionNumbers.parse(line.text(0)) != nil && DriverVersion(line.text(1)) != nil,
                "a driver: CUDA, VERSION", number)
        case .targets:
            expect(
                CUDAVersion(line.text(0)) != nil && !line.words(1).isEmpty
                    && line.words(1).allSatisfy { ComputeCapability(target: $0) != nil },
                "targets: CUDA, architectures such as 80 90a", number)
        case .gpus:
            let generation = GPUGeneration(line)
            expect(
                generation.map { Self.isText($0.architecture) && $0.names.allSatisfy(Self.isText) } ?? false,
                "GPUs: COMPUTE CAPABILITY, architecture, first CUDA, last CUDA or -, names", number)
        case .frameworks: checkFramework(line, at: number)
        case .frameworkFloors:
            expect(
                FrameworkFloor(line) != nil,
                "a floor: FRAMEWORK, capability= or oldest=, then version= or cuda=", number)
        case .frameworkTargets:
            expect(
                FrameworkTargets(line) != nil,
                "GPU code: FRAMEWORK, versions=FIRST LAST, cuda=, platform=, targets= or range=, ptx=", number)
        case .errors:
            expect(
                KnownError(line) != nil,
                "an error: NAME, match=REGULAR EXPRESSION, literal=, at=, cause=, fix=, exit=", number)
        case .cudaErrors:
            expect(CUDAErrorCode(line) != nil, "an error of CUDA's: CODE, NAME, meaning", number)
        case .containerToolkit: checkContainerToolkit(line, at: number)
        }
    }

    /// What a requirement may hold ends up in the command line of pip.
    private mutating func checkFramework(_ line: CatalogLine, at number: Int) {
        guard let release = FrameworkRelease(line) else {
            report(number, "expected a framework's release: 'FRAMEWORK VERSION', variant, options with requirement=")
            return
        }
        expect(Self.isWord(release.variant), "a variant such as cu124", number)
        expect(line["cuda"] == nil || release.cuda != nil, "a release such as 12.4 in cuda=", number)
        for name in line.all("built") + line.all("since") {
            expect(CUDAVersion(name) != nil, "a release such as 12.4 in built= and since=", number)
        }
        expect(
            line["libraries"].map { FrameworkRelease.Libraries(rawValue: $0) != nil } ?? true,
            "wheel, wheels or image in libraries=", number)
        expect(release.cudnn.map { VersionNumbers.parse($0) != nil } ?? true, "a version in cudnn=", number)
        expect(line["driver"] == nil || release.minimumDriver != nil, "a version in driver=", number)
        for text in [release.requirement] + line.all("wheels") + release.companions {
            expect(
                PythonRequirement(text) != nil,
                "a requirement such as torch==2.4.0+cu124 in requirement=, wheels= and companions=",
                number)
        }
        switch release.index {
        case .url(let url), .links(let url): expect(Self.isURL(url), "'default' or an address in index=", number)
        case .default, .unknown: break
        }
    }

    private mutating func checkImage(_ line: CatalogLine, at number: Int) {
        let key = line.words(0)
        let isKnown =
            key.count == 3 && CUDAVersion(key[0]) != nil && OperatingSystem(key[1]) != nil && Platform(key[2]) != nil
        expect(isKnown, "an image: 'CUDA OS ARCHITECTURE', options", number)
        expect(line["base"].map { ImageReference($0) != nil } ?? false, "an image reference in base=", number)
        expect(
            line["manager"].map { PackageManager(rawValue: $0) != nil } ?? false, "a package manager in manager=",
            number)
        for path in line.all("repository") + line.all("machine-learning") {
            expect(Self.isPath(path), "a folder of the repository such as ubuntu2204/x86_64", number)
        }
        expect(line["version"].map(Self.isVersion) ?? true, "a version in version=", number)
        expect(line["derived"].map { CUDAVersion($0) != nil } ?? true, "a release in derived=", number)
        for word in line.words(of: "left-out") where PackageName(word) == nil {
            report(number, "'\(word)' is not a package name: \(PackageName.rule)")
        }
        for (section, numbers) in [
            (CatalogText.Section.requires, line.all("require")), (.environments, line.all("environment")),
            (.quirks, line.words(of: "quirks")),
        ] {
            for name in numbers { references.append((section, name, number)) }
        }
        let sets = line.words(of: "sets")
        expect(!sets.isEmpty, "variants in sets=", number)
        for word in sets {
            guard let (name, set) = word.splitOnce(at: ":"), ImageVariant(name) != nil else {
                report(number, "'\(word)' is no variant with the number of its set, such as runtime:12")
                continue
            }
            references.append((.sets, set, number))
        }
    }

    private mutating func checkSet(_ line: CatalogLine, at number: Int) {
        checkNumber(line, in: .sets, at: number)
        expect(
            line["on"].map { $0 == "nothing" || ImageVariant($0) != nil } ?? true, "a variant or 'nothing' in on=",
            number)
        let names = ["packages", "optional", "system", "purge", "hold"] as [StaticString]
        for word in names.flatMap({ line.words(of: $0) }) where PackageName(word) == nil {
            report(number, "'\(word)' is not a package name: \(PackageName.rule)")
        }
        expect(Self.haveNames(line.all("env")), "variables: env=NAME=value", number)
        for word in line.words(of: "symlinks") {
            let link = word.splitOnce(at: ">")
            expect(link.map { Self.isPath($0.0) && Self.isPath($0.1) } ?? false, "links: symlinks=LINK>TARGET", number)
        }
        for word in line.all("archive") + line.all("file") {
            let download = PackageSet.Download(word: word)
            expect(
                download.map { Self.isHex($0.sha256, 64) && Self.isURL($0.url) } ?? false,
                "a download: SHA-256 and address", number)
        }
        for text in line.all("command") + line.all("yum-option") {
            expect(text.split(separator: " ").allSatisfy { Self.isPath(String($0)) }, "plain words", number)
        }
    }

    private mutating func checkNumber(_ line: CatalogLine, in section: CatalogText.Section, at number: Int) {
        let name = line.text(0)
        expect(VersionNumbers.parse(name)?.count == 1, "a number first", number)
        expect(numbers[section, default: []].insert(name).inserted, "every number once", number)
    }

    private mutating func expect(_ holds: Bool, _ what: String, _ line: Int) {
        if !holds { report(line, "expected \(what)") }
    }

    private mutating func report(_ line: Int, _ message: String, help: String? = nil) {
        let start = SourcePosition(line: line, column: 1)
        diagnostics.error(
            .invalidCatalog, message, at: SourceSpan(source: fileName, start: start, end: start), help: help)
    }

    private static func haveNames(_ assignments: [String]) -> Bool {
        assignments.allSatisfy { assignment in
            guard let variable = PackageSet.Variable(assignment: assignment) else { return false }
            return EnvironmentName(variable.name) != nil
                && !variable.value.unicodeScalars.contains(where: ByteClass.isControl)
        }
    }

    /// What ends up in a shell script.
    private mutating func checkContainerToolkit(_ line: CatalogLine, at number: Int) {
        guard let key = ContainerToolkitFacts.Key(rawValue: line.text(0)) else {
            report(
                number,
                "expected one of "
                    + ContainerToolkitFacts.Key.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
            return
        }
        let value = line.text(1)
        let holds =
            switch key {
            case .version: VersionNumbers.parse(value) != nil
            case .released: Self.isVersion(value)
            case .packages, .aptPrerequisites, .deprecatedPackages:
                !line.words(1).isEmpty && line.words(1).allSatisfy { PackageName($0) != nil }
            case .repository, .deprecatedRepository: Self.isURL(value)
            case .aptKey, .aptList, .rpmRepository: value.hasPrefix("/") && Self.isPath(value)
            case .aptKeyring, .aptListFile, .rpmRepositoryFile, .configuration, .cdiRefreshed, .cdiSpecification:
                value.hasPrefix("/") && Self.isPath(value)
            }
        expect(holds && line.count == 2, "a value of '\(key.rawValue)'", number)
    }

    /// Words of letters, digits and a few marks, with single blanks between them.
    private static func isText(_ text: String) -> Bool {
        text.split(separator: " ", omittingEmptySubsequences: false).allSatisfy { Self.isPath(String($0)) }
    }

    private static func isWord(_ text: String) -> Bool { !text.isEmpty && !text.contains("/") && isPath(text) }

    private static func isVersion(_ text: String) -> Bool {
        text.utf8.first.map(ByteClass.isAlphanumeric) ?? false && isPath(text) && !text.contains("/")
    }

    private static func isPath(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "/._-+=".utf8.contains($0) }
    }

    private static func isHex(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy(ByteClass.isLowerHex)
    }

    private static func isURL(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            return isPath(String(text.dropFirst(scheme.count)))
        }
        return false
    }
}
