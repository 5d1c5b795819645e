import Foundation

@testable import CudaImageKit

/// The folder that `scripts/check-roundtrip` reads: `<name>.Dockerfile` with `<name>.json`.
///
/// `CUDAGEN_ROUNDTRIP_OUT` names it, as `scripts/test` does; without it nothing is written.
enum RoundTripFolder {
    private static let path = ProcessInfo.processInfo.environment["CUDAGEN_ROUNDTRIP_OUT"]

    static func write(_ output: Generator.Output, name: String) throws {
        guard let path, let text = output.text, let plan = output.plan else { return }
        let folder = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).Dockerfile"))
        let expected = ExpectedDockerfile.json(of: Dockerfile(plan)).compact
        try Data(expected.utf8).write(to: folder.appendingPathComponent("\(name).json"))
    }
}

/// The instructions of a file, by the first word of each: what no value may add to.
enum DockerfileShape {
    /// Joins lines at a backslash and leaves comments out, as every builder does.
    static func keywords(of text: String) -> [String] {
        var keywords: [String] = []
        var continues = false
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            if !continues { keywords.append(String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)) }
            continues = line.last == UInt8(ascii: "\\")
        }
        return keywords
    }

    static func keywords(of dockerfile: Dockerfile) -> [String] {
        dockerfile.arguments.map(keyword)
            + dockerfile.stages.flatMap { stage in
                ["FROM"] + stage.sections.flatMap(\.instructions).map(keyword)
            }
    }

    private static func keyword(of instruction: Instruction) -> String {
        switch instruction {
        case .from: "FROM"
        case .argument, .targetArchitecture: "ARG"
        case .environment: "ENV"
        case .label: "LABEL"
        case .run: "RUN"
        case .copy: "COPY"
        case .workingDirectory: "WORKDIR"
        case .user: "USER"
        case .expose: "EXPOSE"
        case .volume: "VOLUME"
        case .healthcheck: "HEALTHCHECK"
        case .stopSignal: "STOPSIGNAL"
        case .shell: "SHELL"
        case .entrypoint: "ENTRYPOINT"
        case .command: "CMD"
        }
    }
}
