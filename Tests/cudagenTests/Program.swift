import Foundation
import Testing

/// The built program, run in a folder of its own.
struct Program {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The test bundle and the program are built into the same folder.
    private static let executable: URL = {
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            return bundle.bundleURL.deletingLastPathComponent().appendingPathComponent("cudagen")
        }
        return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
            "cudagen")
    }()

    let folder: String
    /// Variables set for the program besides this process's own.
    var environment: [String: String] = [:]

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("cudagen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    /// The text of a file, or `nil` if there is none.
    func read(_ name: String) -> String? { try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

    /// Everything in the folder, in folders too.
    var files: [String] { (FileManager.default.subpaths(atPath: folder) ?? []).sorted() }

    func run(_ arguments: String..., input: String = "") throws -> Result { try run(arguments, input: input) }

    /// - Parameter wrapper: a command that runs the program as its last arguments say.
    func run(_ arguments: [String], input: String = "", through wrapper: [String] = []) throws -> Result {
        let process = Process()
        let words = wrapper + [Self.executable.path] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        // What the developer has imported is no part of the tests.
        let common = ["CUDAGEN_CATALOG": "built-in"].merging(environment) { _, own in own }
        process.environment = ProcessInfo.processInfo.environment.merging(common) { _, own in own }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        // Files take any amount of output without a second thread to read a pipe.
        let names = ["in", "out", "err"].map { "\(folder)-\($0)" }
        defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
        try Data(input.utf8).write(to: URL(fileURLWithPath: names[0]))
        for name in names.dropFirst() { try Data().write(to: URL(fileURLWithPath: name)) }
        process.standardInput = FileHandle(forReadingAtPath: names[0])
        process.standardOutput = FileHandle(forWritingAtPath: names[1])
        process.standardError = FileHandle(forWritingAtPath: names[2])
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOfFile: names[1], encoding: .utf8),
            errors: try String(contentsOfFile: names[2], encoding: .utf8))
    }
}

extension Program.Result {
    /// The output as a JSON object.
    func json(_ text: KeyPath<Program.Result, String> = \.output) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(self[keyPath: text].utf8))
        return try #require(value as? [String: Any])
    }
}

/// Recipes of the tests.
enum TestRecipe {
    static let good = """
        name: app
        image: {cuda: 12.6.3, os: ubuntu24.04}
        copy: [app.py]
        python: {manager: pip}
        entrypoint: [python3, app.py]

        """
    static let unknownKey = "image: {cuda: 12.6.3}\nentrypont: [a]\n"
    static let impossible = "image: {cuda: 12.6.3, os: ubuntu18.04}\n"
}
