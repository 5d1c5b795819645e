import ArgumentParser
import CudaCatalogImport
import CudaImageKit

struct CatalogImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Derive the images of new CUDA releases from NVIDIA's package repositories or image sources.",
        discussion: """
            Examples:
              cudagen catalog import https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2404/x86_64
              cudagen catalog import mirror/ubuntu2404/x86_64 mirror/ubuntu2404/sbsa -o cuda.catalog
              cudagen catalog import --repository ubuntu2404/x86_64 --unverified Packages.gz

            A source is a repository's address, its folder, a file of it, or a checkout of NVIDIA's image sources \
            (gitlab.com/nvidia/container-images/cuda). The file written replaces what was imported \
            before; name all sources at once. Exits with 1 if no source has a release that the catalogue lacks.
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write; - for standard output (default: cudagen/cuda.catalog in the user's data folder, which every "
                + "command reads).", valueName: "file"))
    var output: String?

    @Flag(help: "Overwrite a file that was not imported.")
    var force = false

    @Flag(help: "Read repositories whose signature is missing or can't be checked.")
    var unverified = false

    @Option(help: ArgumentHelp("NVIDIA's folder of a source that does not name it.", valueName: "ubuntu2404/x86_64"))
    var repository: String?

    @Option(help: ArgumentHelp("The repository's key, if the source has none.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp("The facts to derive from, in place of the built-in catalogue's.", valueName: "file"))
    var catalog: String?

    @OptionGroup var report: ReportArguments

    @Argument(help: "Repositories (addresses, folders, index files) or checkouts of NVIDIA's image sources.")
    var sources: [String]

    func validate() throws {
        if sources.isEmpty { throw ValidationError("Name at least one source.") }
        if repository != nil, sources.count > 1 {
            throw ValidationError("--repository says what one source is; import several in folders of NVIDIA's names.")
        }
    }

    func run() throws {
        // What was imported before is replaced: it is nothing to derive from.
        var session = Session(report: report.style, catalog: catalog ?? CatalogOrigin.builtInName)
        let known = try session.catalog()
        let path = try outputPath(session)
        try checkOverwriting(path, session)
        guard let folder = TemporaryFolder(for: "import") else {
            session.show(
                Diagnostics([Diagnostic(.error, .unwritableFile, "no temporary folder can be made in TMPDIR")]))
            throw ExitCode.environment
        }
        defer { folder.remove() }
        let reader = RepositoryReader(
            catalog: known, scratch: folder.path, allowsUnverified: unverified, keyPath: key, repository: repository)
        var facts = CatalogImport(into: known)
        var findings = Diagnostics()
        var exitCode: ExitCode?
        for source in sources {
            do {
                let read = try reader.read(source)
                findings.add(contentsOf: read.findings)
                switch read.content {
                case .index(let index, let repository):
                    facts.add(index, repository: repository, source: read.provenance, date: read.date)
                case .manifest(let manifest): facts.add(manifest, source: read.provenance, date: read.date)
                }
            } catch {
                findings.add(contentsOf: error.diagnostics)
                exitCode = max(exitCode ?? error.exitCode, error.exitCode)
            }
        }
        findings.add(contentsOf: facts.diagnostics)
        session.show(findings)
        if let exitCode { throw exitCode }
        if findings.hasErrors { throw ExitCode.invalid }
        if facts.isEmpty { throw ExitCode.no }
        try write(facts, to: path, session)
    }

    private func outputPath(_ session: Session) throws -> String {
        if let path = output ?? CatalogChoice.userPath { return path }
        throw session.fail(
            Diagnostic(
                .error, .unwritableFile, "there is no data folder: neither XDG_DATA_HOME nor HOME is set",
                help: "name a file with -o"))
    }

    private func checkOverwriting(_ path: String, _ session: Session) throws {
        guard !force, path != "-", let text = try session.existingText(at: path), !text.isEmpty else { return }
        let origin = (try? Catalog(parsing: text, fileName: path))?.origins.first
        if origin.map({ $0.sources.isEmpty }) ?? true {
            throw session.fail(
                Diagnostic(
                    .error, .wouldOverwrite, "'\(path)' was not imported by cudagen",
                    help: "choose another name with -o, or overwrite it with --force"))
        }
    }

    private func write(_ facts: CatalogImport, to path: String, _ session: Session) throws {
        let text: String
        do {
            text = try facts.text()
        } catch {
            session.show(error.diagnostics)
            throw ExitCode.invalid
        }
        guard path != "-" else {
            Terminal.write(text)
            return
        }
        try session.reading { () throws(FileError) in
            let folder = FilePath.folder(of: path)
            if folder.utf8.count > 1 { try FileSystem.makeFolder(String(folder.dropLast())) }
            try FileSystem.write(text, to: path)
        }
        func list(_ releases: Set<CUDAVersion>) -> String {
            releases.sorted().map(\.description).joined(separator: ", ")
        }
        var parts: [String] = []
        if !facts.images.isEmpty {
            parts.append("CUDA \(list(Set(facts.images.map(\.facts.cuda)))): \(facts.images.count) images")
        }
        if !facts.ended.isEmpty { parts.append("past its end: CUDA \(list(facts.ended))") }
        Terminal.warn("cudagen: \(parts.joined(separator: "; ")) in \(path)\n")
    }
}

extension ExitCode: @retroactive Comparable {
    public static func < (left: ExitCode, right: ExitCode) -> Bool { left.rawValue < right.rawValue }
}
