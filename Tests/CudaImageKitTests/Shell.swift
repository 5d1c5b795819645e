import Foundation

/// A real shell, run in an empty folder of its own.
enum Shell {
    /// What a run leads to, without the folder's name, and without numbers of lines, which messages of shells begin with.
    struct Result: Equatable {
        var status: Int32
        var output: String
        /// The characters in no order: the commands of a pipeline complain at the same time.
        var errors: [Character]
        /// What was left in the folder.
        var files: [String: String]
    }

    static func isThere(_ program: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains { folder in
            FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)")
        }
    }

    static func run(_ words: [String]) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cudagen-shell-\(UUID().uuidString)")
        let work = folder.appendingPathComponent("work")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let streams = ["out", "err"].map { folder.appendingPathComponent($0) }
        for stream in streams { try Data().write(to: stream) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent/home"]
        process.currentDirectoryURL = work
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: streams[0])
        process.standardError = try FileHandle(forWritingTo: streams[1])
        try process.run()
        process.waitUntilExit()
        func text(of file: URL) -> String {
            String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
                .replacing(work.path, with: "/work").replacing(#/: (line )?\d+: /#, with: ": ")
        }
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: work.path) {
            files[name] = text(of: work.appendingPathComponent(name))
        }
        return Result(
            status: process.terminationStatus, output: text(of: streams[0]), errors: text(of: streams[1]).sorted(),
            files: files)
    }
}

/// What BuildKit's parser makes of an instruction, written down once more from its source.
enum Builder {
    /// The text that the shell gets of a `RUN` in shell form.
    static func shellText(of instruction: String) -> String {
        var text = ""
        for (number, line) in instruction.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if number > 0, trimmed.isEmpty || trimmed.first == "#" { continue }
            text += line.replacing(#/\\[ \t]*$/#, with: "")
        }
        return String(text.dropFirst("RUN ".count))
    }
}
