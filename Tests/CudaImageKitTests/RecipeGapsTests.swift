import Testing

@testable import CudaImageKit

/// A recipe with mistakes in its text is decided as far as it can be: one run reports everything, and nothing that is only
/// wrong because something else could not be read.
@Suite struct RecipeGapsTests {
    /// Recipe text, options, and all findings as `line:column code message`.
    static let broken: [(String, ImageOptions, [String])] = [
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04}\nentrypont: [python3]\nsystem: {packages: [cuda]}\nuser: {uid: 1000}",
            ImageOptions(),
            [
                "2:1 CG0102 unknown key 'entrypont'",
                "3:21 CG0402 the package 'cuda' brings an NVIDIA driver into the image",
                "4:13 CG0404 the UID 1000 belongs to the user 'ubuntu' in the base image ubuntu24.04",
            ]
        ),
        // The operating system is not known, so nothing is said of its accounts.
        (
            "image: {cuda: 12.6.3, os: ubuntu24.x}\nsystem: {packages: [cuda]}\nuser: {uid: 1000}", ImageOptions(),
            [
                "1:27 CG0201 'ubuntu24.x' is not an operating system: \(OperatingSystem.rule)",
                "2:21 CG0402 the package 'cuda' brings an NVIDIA driver into the image",
            ]
        ),
        // An option stands for what could not be read.
        (
            "image: {cuda: 12.6.3, os: ubuntu24.x}\nuser: {uid: 1000}", ImageOptions(os: "ubuntu24.04"),
            [
                "1:27 CG0201 'ubuntu24.x' is not an operating system: \(OperatingSystem.rule)",
                "2:13 CG0404 the UID 1000 belongs to the user 'ubuntu' in the base image ubuntu24.04",
            ]
        ),
        // What is missing because its key is misspelt is not missing.
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04}\npyton: {manager: pip}\nentrypoint: [python3, a.py]",
            ImageOptions(),
            ["2:1 CG0102 unknown key 'pyton'"]
        ),
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04}\npackages: [curl]\nhealthcheck: {command: [curl]}", ImageOptions(),
            ["2:1 CG0102 unknown key 'packages'"]
        ),
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04}\npython: {manger: conda, channels: [a]}", ImageOptions(),
            ["2:10 CG0102 unknown key 'manger' in 'python'"]
        ),
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04}\npython: {manager: conda, packages: [--x]}", ImageOptions(),
            ["2:37 CG0201 '--x' is not a Python package: \(RecipeRules.requirementRule)"]
        ),
        // The flavor decides whether wheels are twice there.
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04, flavor: bas}\npython: {packages: [torch]}", ImageOptions(),
            ["1:48 CG0201 'bas' is not a flavor: expected base, runtime, devel"]
        ),
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04, cudnn: x}\npython: {packages: [torch]}", ImageOptions(),
            [
                "1:47 CG0201 'x' is not a choice of cuDNN: true, false, a major version such as 8, or tensorrt",
                "2:21 CG0403 the wheel 'torch' brings CUDA's libraries, which the runtime image has already",
            ]
        ),
        // Each wish that can't be met is said, whatever the others are.
        (
            "image: {cuda: 12.7, os: ubuntu24.04, flavor: x}", ImageOptions(),
            [
                "1:15 CG0301 there is no CUDA 12.7 in the catalogue",
                "1:46 CG0201 'x' is not a flavor: expected base, runtime, devel",
            ]
        ),
        (
            "image: {cuda: 12.4.1, os: ubuntu24.04, platforms: [x]}\ngpu: {architectures: [\"10.0\"]}", ImageOptions(),
            [
                "1:27 CG0302 CUDA 12.4.1 does not exist for ubuntu24.04",
                "1:52 CG0201 'x' is not a platform: expected linux/amd64, linux/arm64, linux/ppc64le",
                "2:23 CG0406 CUDA 12.4.1 can't compile for compute capability 10.0",
            ]
        ),
        (
            "image: {cuda: 12.4.1, os: ubuntu24.04, source: pakages, base: 'fedora:40'}", ImageOptions(),
            [
                "1:27 CG0203 os is 'ubuntu24.04', but the base looks like fedora40 (the image's name and tag)",
                "1:48 CG0201 'pakages' is not a source: expected image, packages, wheels",
            ]
        ),
        (
            "image: {cuda: 99, source: image, base: 'debian:12', flavor: base, cudnn: true}", ImageOptions(),
            [
                "1:40 CG0203 source 'image' starts from nvidia/cuda; it can't have the base 'debian:12'",
                "1:74 CG0302 there are no cuDNN images of flavor 'base'",
                "1:15 CG0301 there is no CUDA 99 in the catalogue",
            ]
        ),
        // A key that stands twice says nothing certain.
        (
            "image: {os: ubuntu24.04, os: ubi9, cuda: 12.6.3}\nuser: {uid: 1000}", ImageOptions(),
            ["1:26 CG0103 the key 'os' occurs twice"]
        ),
        (
            "image: {cuda: 12.6.3, os: ubuntu24.04}\nuser: {name: root, uid: 5}", ImageOptions(),
            ["2:25 CG0203 the user 'root' can't have the UID 5"]
        ),
        (
            "image: {cuda: 12.6.3}\nentrypoint: [{}]\ncommand: [curl]", ImageOptions(os: "ubuntu24.04"),
            [
                "2:14 CG0104 'entrypoint[0]': expected a text, found a mapping"
            ]
        ),
        // A recipe for another version means nothing here.
        (
            "schema: 2\nsystem: {packages: [cuda]}", ImageOptions(),
            ["1:9 CG0202 schema '2' is not known: this version reads schema 1"]
        ),
    ]

    @Test(arguments: broken)
    func everyMistakeIsReportedInOneRun(text: String, options: ImageOptions, expected: [String]) throws {
        let output = Generator().generate(
            RecipeSource(text: text, fileName: "app.yaml"), options: options)
        #expect(output.diagnostics.all.map(summary) == expected)
        #expect(output.text == nil && output.plan == nil)
    }

    /// Recipes without any finding, a key on each line.
    static let sound = [
        """
        name: a
        image:
          cuda: 12.6.3
          flavor: base
          os: debian12
          source: packages
          base: registry.example.com/x:1
          platforms: [linux/amd64]
        gpu:
          architectures: ["9.0"]
        system:
          packages: [curl]
        python:
          version: "3.12"
          manager: conda
          channels: [conda-forge]
          packages: [torch]
        workdir: /w
        user:
          name: a
          uid: 5000
          gid: 5000
        healthcheck:
          command: [curl, -f, x]
        entrypoint: [python3, x]
        command: [git]
        """,
        """
        image:
          cuda: 12.4.1
          flavor: devel
          os: ubuntu22.04
          cudnn: true
          source: image
        build:
          packages: [cmake]
          run: [cmake .]
        python:
          project: app
          manager: uv
          index: https://example.com/simple
        run: [a]
        entrypoint: [node]
        """,
    ]

    /// One mistake leads to one finding, at its own place, whatever is decided without it.
    @Test(arguments: sound)
    func mistakeHasNoFollowers(recipe: String) throws {
        let generator = Generator()
        func findings(_ text: String) -> [Diagnostic] {
            generator.generate(RecipeSource(text: text, fileName: "app.yaml")).diagnostics.all
        }
        #expect(findings(recipe).filter { $0.code != .derivedPins }.map(summary) == [])
        let lines = recipe.split(separator: "\n").map(String.init)
        for (number, line) in lines.enumerated() {
            let key = try #require(line.split(separator: ":").first)
            var broken = [String(key) + "x" + line.dropFirst(key.count)]
            if !line.hasSuffix(":") { broken += ["{z: 1}", "[{z: 1}]", "\"\\0\"", ""].map { "\(key): \($0)" } }
            for mistake in broken {
                var changed = lines
                changed[number] = mistake
                let found = findings(changed.joined(separator: "\n")).filter { $0.code != .derivedPins }
                let places = found.map { $0.span?.start.line }
                #expect(!found.isEmpty && places.allSatisfy { $0 == number + 1 }, "\(mistake): \(found.map(summary))")
            }
        }
    }

    @Test func overrideThatCannotBeReadLeavesAGap() throws {
        var options = ImageOptions()
        options.overrides = [
            try #require(RecipeOverride("image.os=x")), try #require(RecipeOverride("image.cuda.a=1")),
        ]
        let output = Generator().generate(
            RecipeSource(text: "image: {cuda: 99, os: ubuntu24.04}\nuser: {uid: 1000}", fileName: "app.yaml"),
            options: options)
        #expect(
            output.diagnostics.all.map(summary) == [
                "--set image.cuda.a CG0205 '99' is a text and has no key 'a'",
                "--set image.os CG0201 'x' is not an operating system: \(OperatingSystem.rule)",
            ])
    }

    @Test(arguments: [
        ("image.os", "image.os", true), ("image", "image.os", true), ("image.os", "image", true),
        ("image.os", "image.cuda", false), ("copy[0].from", "copy", true), ("user", "username", false),
    ])
    func gapTouchesWhatIsAboveAndBelow(gap: String, key: String, touches: Bool) {
        var gaps = RecipeGaps()
        gaps.insert(gap)
        #expect(gaps.touch(key) == touches)
        gaps.close(gap)
        #expect(gaps.isEmpty)
    }
}
