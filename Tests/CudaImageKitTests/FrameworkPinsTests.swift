import Testing

@testable import CudaImageKit

@Suite struct FrameworkPinsTests {
    /// `line:column-endColumn framework specifiers`
    private func pins(_ text: String, _ name: String) -> [String] {
        FrameworkPins(reading: RecipeSource(text: text, fileName: name)).pins.map { pin in
            let start = pin.span.start
            return "\(start.line):\(start.column)-\(pin.span.end.column) \(pin.framework) \(pin.specifiers)"
        }
    }

    private func findings(_ text: String, _ name: String) -> [String] {
        FrameworkPins(reading: RecipeSource(text: text, fileName: name)).diagnostics.all.map(summary)
    }

    // MARK: - Requirements files

    @Test(arguments: [
        ("torch==2.4.0", ["1:1-13 torch ==2.4.0"]), ("  torch >=2.1, <3  # why", ["1:3-18 torch >=2.1,<3"]),
        ("numpy\n\n# torch==1\nTorch~=2.4", ["4:1-11 torch ~=2.4"]),
        (
            "torch==2.4.0 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\nvllm\n",
            ["1:1-15 torch ==2.4.0", "4:1-5 vllm "]
        ),
        ("torch \\\n  ==2.4.0", ["1:1-8 torch ==2.4.0"]),
        ("jax[cuda12]>=0.4 ; python_version > '3.8'", ["1:1-42 jax >=0.4"]),
        ("torch==2.4.0; sys_platform == 'linux'\ntorch==2.2.0; sys_platform == 'darwin'", ["1:1-38 torch ==2.4.0"]),
        (
            "tensorflow-gpu==1.15.0\r\nonnxruntime_gpu!=1.17.0\r\n",
            ["1:1-23 tensorflow ==1.15.0", "2:1-24 onnxruntime-gpu !=1.17.0"]
        ),
        (
            "./torch-2.4.0.whl\nhttps://example.com/torch-2.4.0.whl\n--index-url https://example.com\n-e .\ntorchvision==0.19\n",
            []
        ),
        ("torch==2.4.0+cu121", ["1:1-19 torch ==2.4.0+cu121"]), ("", []),
    ])
    func requirementsAreReadWithTheirPlaces(text: String, expected: [String]) {
        #expect(pins(text, "requirements.txt") == expected)
        #expect(findings(text, "requirements.txt").isEmpty)
    }

    @Test(arguments: [
        ("torch=2.4", "1:1 CG0334 'torch=2.4' is not a requirement: it is not looked at"),
        ("numpy\n-r more.txt", "2:1 CG0334 files that -r names are not read"),
        ("--constraint=c.txt", "1:1 CG0334 files that --constraint names are not read"),
        ("torch @ https://example.com/torch.whl", "1:1 CG0334 which torch stands behind an address can't be told"),
        ("torch == ==2", "1:1 CG0334 'torch == ==2' is not a requirement: it is not looked at"),
    ])
    func whatIsNotReadIsSaid(text: String, finding: String) {
        #expect(findings(text, "requirements.txt") == [finding])
        #expect(pins(text, "requirements.txt").isEmpty)
    }

    // MARK: - Files of many lines

    private func read(_ line: (Int) -> String, count: Int = 20_000) -> FrameworkPins {
        let text = (0..<count).map { line($0) + "\n" }.joined()
        let (seconds, pins) = processorTime {
            FrameworkPins(reading: RecipeSource(text: text, fileName: "requirements.txt"))
        }
        #expect(seconds < 20, "in a debug build")
        return pins
    }

    @Test func linesThatSayTheSameAreOnePin() {
        let pins = read { _ in "torch" }
        #expect(pins.pins.count == 1 && pins.requirements.count == 20_000 && pins.diagnostics.isEmpty)
        #expect(read { _ in "cupy-cuda12x" }.constraints.count == 1)
    }

    @Test func findingsOfAFileAreBounded() {
        let pins = read { "torch=\($0)" }
        #expect(pins.diagnostics.all.count == FindingList.maximumCount + 1)
        #expect(pins.diagnostics.all.last?.code == .tooLarge)
        #expect(read({ "-r \($0).txt" }, count: 300).diagnostics.all.count == FindingList.maximumCount + 1)
    }

    @Test func tooManyDifferentRequirementsAreAnError() {
        let most = read({ "torch!=1.\($0)" }, count: FrameworkPins.maximumMeanings)
        #expect(most.pins.count == FrameworkPins.maximumMeanings && most.diagnostics.isEmpty)
        let more = read { "torch!=1.\($0)" }
        #expect(more.pins.count == FrameworkPins.maximumMeanings)
        #expect(more.diagnostics.all.map(\.code) == [.tooLarge] && more.diagnostics.hasErrors)
    }

    // MARK: - pyproject.toml

    private static let project = """
        # a project
        [project]
        name = "x"
        version = '1.0'
        dependencies = [
          "numpy>=1.26",  # numbers
          'torch~=2.5.0',
        ]
        [project.optional-dependencies]
        onnx = ["onnxruntime-gpu>=1.19,<1.23"]
        [dependency-groups]
        gpu = [{include-group = "base"}, "vllm==0.8.5"]
        [tool.poetry.dependencies]
        python = "^3.10"
        jax = {version = "^0.4.30", extras = ["cuda12"]}
        tensorflow.version = "~2.15"
        [tool.poetry.group.dev.dependencies]
        torch = "1.0"
        [[tool.uv.index]]
        url = \"""
        torch==9\"""
        when = 2026-11-24T10:00:00Z
        "quoted key" = [1, 2.5, true, [1e3]]
        """

    @Test func dependenciesOfAProjectAreRead() {
        #expect(
            pins(Self.project, "a/pyproject.toml") == [
                "7:3-17 torch ~=2.5.0", "10:9-38 onnxruntime-gpu >=1.19,<1.23", "12:34-47 vllm ==0.8.5",
                "15:18-27 jax >=0.4.30,<0.5", "16:22-29 tensorflow >=2.15,<2.16",
            ])
        #expect(findings(Self.project, "a/pyproject.toml").isEmpty)
    }

    @Test(arguments: [
        "[project", "[project]\ndependencies = [\"torch\"", "[project]\nx = \"a\nb\"", "[project]\n= 1", "key",
        "a = \"\\u0041\"", "[a]]", "a = {b = 1", "[[a]\n", "a = " + String(repeating: "[", count: 40),
    ])
    func whatIsNotUnderstoodIsAnError(text: String) {
        let pins = FrameworkPins(reading: RecipeSource(text: text, fileName: "pyproject.toml"))
        #expect(pins.pins.isEmpty && pins.diagnostics.hasErrors)
        #expect(pins.diagnostics.all.first?.span != nil)
    }

    @Test(arguments: [
        ("^2.4", ">=2.4,<3"), ("^0.4.30", ">=0.4.30,<0.5"), ("^0.0.3", ">=0.0.3,<0.0.4"), ("~2.4.1", ">=2.4.1,<2.5"),
        ("~2", ">=2,<3"), ("2.4", "==2.4"), ("2.4.*", "==2.4.*"), ("*", ""), (">=2.1,<3", ">=2.1,<3"),
        ("~=2.4", "~=2.4"),
        ("latest", nil), ("^x", nil),
    ])
    func poetryHasOperatorsOfItsOwn(text: String, meaning: String?) {
        #expect(FrameworkPins.poetry(text)?.description == meaning)
    }

    /// Whatever a file holds, reading it ends, and every place is in the file.
    @Test func damagedFilesAreReadToTheirEnd() {
        var generator = SeededGenerator(seed: SeededGenerator.seed)
        let requirements = "torch==2.4.0 \\\n --hash=x\njax[cuda12]>=0.4; a == 'b'\n-r x\nvllm @ https://x\n"
        for (text, name) in [(Self.project, "pyproject.toml"), (requirements, "requirements.txt")] {
            for _ in 0..<300 {
                var scalars = Array(text.unicodeScalars)
                for _ in 0..<generator.number(1...6) {
                    let index = generator.number(0...(scalars.count - 1))
                    if generator.chance(50) {
                        scalars.remove(at: index)
                    } else {
                        scalars.insert(
                            generator.oneOf(["\"", "[", "]", "{", "\n", "=", "\\", "#", "\r", "\u{1f600}"]), at: index)
                    }
                }
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars)
                let source = RecipeSource(text: String(view), fileName: name)
                let read = FrameworkPins(reading: source)
                let lines = LineMap(source.text)
                for span in read.pins.map(\.span) + read.diagnostics.all.compactMap(\.span) {
                    #expect(lines.line(span.start.line) != nil && span.start.column >= 1)
                }
            }
        }
    }
}
