/// Sources of CUDA C++.
struct CUDASourceDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        facts.cudaSources = folder.files.filter { ProjectFolder.ending(of: $0) == "cu" }
        facts.cudaPrograms = facts.cudaSources.filter { path in
            folder.source(path).map { Self.hasMain($0.text) } ?? false
        }
        let built = folder.files.filter(Self.isSource)
        facts.sources.names = built.filter { ProjectFolder.depth(of: $0) == 0 }
        facts.sources.folders = Array(
            built.compactMap { path in
                path.firstIndex(of: "/").map { String(path[..<$0]) }
            }.uniqued)
        if let first = facts.cudaSources.first {
            let others = facts.cudaSources.count - 1
            facts.note(
                first,
                "CUDA C++" + (others == 0 ? "" : others == 1 ? ", and 1 more file" : ", and \(others) more files"))
        }
    }

    private static func isSource(_ path: String) -> Bool {
        let name = FilePath.name(of: path)
        return endings.contains(ProjectFolder.ending(of: path)) || files.contains(name)
    }

    private static let endings: Set<String> = [
        "cu", "cuh", "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx", "inl", "in", "cmake", "mk", "ptx",
    ]
    private static let files: Set<String> = [
        "CMakeLists.txt", "CMakePresets.json", "Makefile", "makefile", "GNUmakefile", "setup.py",
    ]

    /// `int main(`, at the start of a line.
    private static func hasMain(_ text: String) -> Bool {
        text.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }).contains { line in
            let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "(") }
            return words.count > 1 && words[0].elementsEqual("int".utf8) && words[1].elementsEqual("main".utf8)
        }
    }
}
