import Foundation
import Testing

@testable import CudaImageKit

/// Images that are deployed in tests.
enum DeploymentFixture {
    /// A Python service with everything that a deployment can have.
    static let service = """
        name: spiral.service
        image: {cuda: 12.8.1, flavor: base, os: ubuntu24.04}
        gpu: {devices: "0,2", capabilities: [compute, utility]}
        python:
          packages: [torch==2.7.0+cu128, tensorflow==2.19.0]
          extra-indexes: ["https://download.pytorch.org/whl/cu128"]
        args: {REVISION: null, LEVEL: "2"}
        secrets: [{id: pip.conf, target: /etc/pip.conf}, token]
        run: ["true"]
        copy: [service.py]
        volumes: [/var/cache/model, "/srv/a:b"]
        expose: [8080, 9000/udp]
        healthcheck:
          command: [python3, -c, "print('$(HOME) $$ ok')"]
          interval: 1m
          timeout: 1500ms
          start-period: 95s
        entrypoint: [python3, service.py]
        command: ["--port", "8080"]
        """

    /// A CUDA program that ends.
    static let batch = """
        name: mandelbrot
        image: {cuda: 12.9.1, flavor: base, os: ubuntu24.04, platforms: [linux/amd64, linux/arm64]}
        gpu: {architectures: ["8.6", "9.0a", "12.0+PTX"]}
        build:
          copy: [.]
          run: [make]
          artifacts: [{from: mandelbrot, to: /usr/local/bin/mandelbrot}]
        entrypoint: [mandelbrot]
        command: ["--size", "4096"]
        """

    static func plan(_ recipe: String) throws -> ImagePlan {
        let source = RecipeSource(text: recipe, fileName: "app.yaml")
        let output = Generator().generate(source)
        return try #require(output.plan, "\(DiagnosticFormatter(source).text(output.diagnostics))")
    }

    static func deployment(
        _ recipe: String, _ change: (inout DeploymentOptions) -> Void = { _ in }
    ) throws -> DeploymentPlan {
        var options = DeploymentOptions()
        change(&options)
        return DeploymentPlan(try plan(recipe), options: options)
    }

    static func matrix() throws -> DeploymentMatrix {
        let text = """
            name: "{cuda}-{platforms}"
            matrix: {cuda: [12.6.3, 12.8.1], os: [ubuntu24.04], platforms: [linux/amd64, "linux/amd64,linux/arm64"]}
            """
        let (file, diagnostics) = MatrixFile.parse(RecipeSource(text: text, fileName: "matrix.yaml"))
        let matrix = try #require(file, "\(diagnostics.all)").matrix(of: Recipe())
        let plans = matrix.entries.compactMap { entry in
            Catalog.embedded.plan(entry.recipe).plan.map { (name: entry.name, plan: $0) }
        }
        return try DeploymentMatrix(plans, folder: .matrixFolder, options: DeploymentOptions())
    }
}

/// What a shell makes of a file, with programs that write down their arguments in place of the real ones.
struct RecordedRun {
    /// The arguments of each call, the program's name first.
    var calls: [[String]]

    /// - Parameters:
    ///   - programs: the names that are recorded.
    init(_ script: String, shell: String = "/bin/sh", arguments: [String] = [], programs: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cudagen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let record = folder.appendingPathComponent("record").path
        for program in programs {
            let text = "#!/bin/sh\nprintf '%s\\0' \(program) \"$@\" >> '\(record)'\nprintf '\\1\\0' >> '\(record)'\n"
            let path = folder.appendingPathComponent(program).path
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        let file = folder.appendingPathComponent("script")
        try Data(script.utf8).write(to: file)
        // A process that another test starts at this moment may hold a program open for writing: then it is busy (126).
        var status: Int32 = 126
        for _ in 0..<20 where status == 126 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: shell)
            process.arguments = [file.path] + arguments
            process.environment = ["PATH": "\(folder.path):/usr/bin:/bin"]
            process.currentDirectoryURL = folder
            try? FileManager.default.removeItem(atPath: record)
            try process.run()
            process.waitUntilExit()
            status = process.terminationStatus
            if status == 126 { Thread.sleep(forTimeInterval: 0.1) }
        }
        #expect(status == 0, "\(script)")
        let bytes = (try? Data(contentsOf: URL(fileURLWithPath: record))) ?? Data()
        var words = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        words.removeLast()
        calls = words.split(separator: "\u{1}", omittingEmptySubsequences: false).map(Array.init).filter { !$0.isEmpty }
    }
}
