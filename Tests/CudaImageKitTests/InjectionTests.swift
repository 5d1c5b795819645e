import CudaImageKit
import Testing

/// With what is public alone nothing becomes a line of the file that is not an instruction of the model.
@Suite struct InjectionTests {
    private static let breaks = ["\nRUN id", "\r\nRUN id", "\rRUN id", "\u{2028}RUN id", "\u{0}"]

    /// What instructions carry as it stands has one way in, and its parts are read-only behind it.
    @Test(
        arguments: [
            "debian", "debian:12", "a.example.com/b:1", "ubuntu22.04", "12.4.1-base-ubuntu22.04", "app", "10001:10001",
            "8080", "53/udp", "30s", "SIGTERM", "9", "linux/amd64", "PATH", "/app",
            "sha256:0000000000000000000000000000000000000000000000000000000000000000",
        ], breaks)
    func noNameTakesALineBreak(text: String, lineBreak: String) {
        let middle = text.index(text.startIndex, offsetBy: text.count / 2)
        for hostile in [text + lineBreak, lineBreak + text, "\(text[..<middle])\(lineBreak)\(text[middle...])"] {
            #expect(ImageReference(hostile) == nil && ImageDigest(hostile) == nil)
            #expect(OperatingSystem(hostile) == nil && CUDAImageTag(hostile) == nil && CUDAVersion(hostile) == nil)
            #expect(StageName(hostile) == nil && UserIdentity(hostile) == nil && ContainerPath(hostile) == nil)
            #expect(Port(hostile) == nil && GoDuration(hostile) == nil && StopSignal(hostile) == nil)
            #expect(Platform(hostile) == nil && EnvironmentName(hostile) == nil)
            #expect(KubernetesManifest.LabelValue(hostile) == nil)
        }
    }

    @Test func invalidOperatingSystemIsTold() {
        let error = #expect(throws: InvalidName.self) { try OperatingSystem(validating: "ubuntu\nRUN id") }
        #expect(error?.description.hasSuffix("is not an operating system \(OperatingSystem.rule)") == true)
    }

    @Test(arguments: [(0, false), (-1, false), (1, true), (65535, true), (65536, false)])
    func portIsChecked(number: Int, isPort: Bool) {
        #expect((Port(number) != nil) == isPort)
        #expect(Port(number, .udp)?.description == (isPort ? "\(number)/udp" : nil))
    }

    @Test(arguments: breaks.dropLast(2)) func valuesWithALineBreakAreRefused(lineBreak: String) throws {
        let name = try EnvironmentName(validating: "A")
        let target = try ContainerPath(validating: "/a")
        let hostile: [Instruction] = [
            .argument(name, default: lineBreak), .environment([EnvironmentVariable(name, text: lineBreak)]),
            .label([Label("a", lineBreak)]), .label([Label(lineBreak, "a")]),
            .run(.shell("id"), mounts: [.secret(id: lineBreak, target: target)]),
        ]
        for instruction in hostile {
            var printer = InstructionPrinter()
            #expect(throws: PrintingError.self) { try printer.text(of: instruction) }
        }
    }

    /// What is said of instructions stays in comments.
    @Test(arguments: breaks) func commentsEndWithTheirLine(lineBreak: String) throws {
        let text = "a" + lineBreak
        let stage = Dockerfile.Stage(
            role: .final, base: .image(try ImageReference(validating: "debian:12")), name: nil,
            sections: [
                Dockerfile.Section(
                    .system, [.run(.shell("true"))], details: ["version": text], lintExceptions: ["DL3008", text])
            ])
        let renderer = DockerfileRenderer(templates: try .embedded(for: DockerfileRenderer.rootTemplates))
        let file = try renderer.render(
            Dockerfile(stages: [stage]),
            header: DockerfileRenderer.Header(recipe: text, summary: text, arguments: [text]))
        let lines = file.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        #expect(lines == ["FROM debian:12", "RUN true"])
    }
}
