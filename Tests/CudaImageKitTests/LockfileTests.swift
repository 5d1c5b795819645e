import Testing

@testable import CudaImageKit

/// `cudagen.lock` as text, and what is read of it.
@Suite struct LockfileTests {
    private static func digest(_ generator: inout SeededGenerator) -> ImageDigest {
        ImageDigest(of: (0..<4).map { _ in UInt8(generator.number(0...255)) })
    }

    private static func randomLock(_ generator: inout SeededGenerator) -> Lockfile {
        let registries = ["", "docker.io/", "localhost:5000/", "mirror.example.com/docker-hub/"]
        let recipes = ["app.yaml", "a b.yaml", "\u{e4}.yaml", "true", "12", "x: y", "'q'", "\"", "#", "- a"]
        return Lockfile(
            (0..<generator.number(0...6)).map { _ in
                let name = generator.oneOf(registries) + generator.oneOf(["debian", "nvidia/cuda", "a/b__c.d"])
                let tag = generator.oneOf([":12", ":1.10", ":12.4.1-base-ubuntu22.04", ""])
                let platforms = Platform.allCases.filter { _ in generator.chance(60) }
                return Lockfile.Entry(
                    reference: ImageReference(name + tag) ?? ImageReference(repository: "a"),
                    digest: digest(&generator),
                    platforms: Dictionary(uniqueKeysWithValues: platforms.map { ($0, digest(&generator)) }),
                    recipes: Set((0..<generator.number(1...3)).map { _ in generator.oneOf(recipes) }))
            })
    }

    @Test func whatIsWrittenIsRead() {
        var generator = SeededGenerator(seed: SeededGenerator.seed)
        for _ in 0..<300 {
            let lock = Self.randomLock(&generator)
            let (read, diagnostics) = Lockfile.parse(RecipeSource(text: lock.text, fileName: "cudagen.lock"))
            #expect(diagnostics.isEmpty && read == lock, "\(lock.text)\n\(diagnostics)")
            #expect(read?.text == lock.text && read?.isEdited == false)
            #expect(Lockfile(lock.entries.shuffled(using: &generator)).text == lock.text)
        }
    }

    @Test func everyChangedDigitIsNoticed() {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ 1)
        let lock = Lockfile([
            .init(
                reference: ImageReference(repository: "debian", tag: "12"), digest: Self.digest(&generator),
                platforms: [.linuxAMD64: Self.digest(&generator)], recipes: ["app.yaml"])
        ])
        let bytes = Array(lock.text.utf8)
        for index in bytes.indices where bytes[index] != 0x0a {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
            let text = String(decoding: changed, as: UTF8.self)
            let (read, diagnostics) = Lockfile.parse(RecipeSource(text: text, fileName: "cudagen.lock"))
            #expect(read?.isEdited ?? diagnostics.hasErrors, "byte \(index) of\n\(text)")
        }
    }

    static let good = "sha256:" + String(repeating: "a", count: 64)
    static let mistakes: [(text: String, code: DiagnosticCode, message: String)] = [
        ("images: []", .missingKey, "the lock needs the key 'schema'"),
        ("schema: 1", .missingKey, "the lock needs the key 'images'"),
        ("schema: 2\nimages: []", .unsupportedSchema, "this cudagen knows schema 1 of locks, not '2'"),
        ("# nothing\n", .emptyFile, "'cudagen.lock' holds no lock"),
        ("[]", .wrongType, "the lock: expected a mapping"),
        ("schema: 1\nimages: [{}]", .missingKey, "'images[0]' needs the key 'digest'"),
        ("schema: 1\nimages: [{referenc: a}]", .unknownKey, "unknown key 'referenc'"),
        (
            "schema: 1\nimages: [{reference: a, digest: 'sha256:abc', platforms: {}, recipes: []}]", .invalidValue,
            "'sha256:abc' is not a digest: sha256: and 64 hexadecimal digits in lower case"
        ),
        (
            "schema: 1\nimages: [{reference: 'a@\(good)', digest: '\(good)', platforms: {}, recipes: []}]",
            .invalidValue,
            "has a digest"
        ),
        (
            "schema: 1\nimages: [{reference: a, digest: '\(good)', platforms: {linux/s390x: '\(good)'}, recipes: []}]",
            .unknownKey, "unknown key 'linux/s390x'"
        ),
        (
            "schema: 1\nimages: [{reference: a, digest: '\(good)\\nRUN x', platforms: {}, recipes: []}]", .invalidValue,
            "is not a digest"
        ),
        (
            "schema: 1\nimages:\n- {reference: a, digest: '\(good)', platforms: {}, recipes: []}\n"
                + "- {reference: a, digest: '\(good)', platforms: {}, recipes: []}", .invalidValue,
            "the image 'a' occurs twice"
        ),
        (
            "schema: 1\nimages: [{reference: 'A b', digest: '\(good)', platforms: {}, recipes: []}]", .invalidValue,
            "is not an image"
        ),
    ]

    @Test(arguments: mistakes) func mistakesHaveAPlace(text: String, code: DiagnosticCode, message: String) throws {
        let (lock, diagnostics) = Lockfile.parse(RecipeSource(text: text, fileName: "cudagen.lock"))
        #expect(lock == nil)
        let found = try #require(
            diagnostics.all.first { $0.code == code && $0.message.contains(message) }, "\(diagnostics)")
        #expect(found.span?.source == "cudagen.lock" || code == .emptyFile)
    }

    @Test(arguments: [
        "sha256:", "sha256:" + String(repeating: "A", count: 64), good + "a", String(good.dropLast()),
        "sha512:" + good.dropFirst(7),
        " " + good, good + "\n", "sha256:" + String(repeating: "\u{ff11}", count: 64),
    ])
    func whatIsNoDigestIsNone(text: String) { #expect(ImageDigest(text) == nil) }

    @Test func lockIsBesideTheRecipe() {
        #expect(LockUse().path(beside: "app.yaml") == "cudagen.lock")
        #expect(LockUse().path(beside: "/a/b/app.yaml") == "/a/b/cudagen.lock")
        for none in [nil, "", "<stdin>"] { #expect(LockUse().path(beside: none) == nil) }
        #expect(LockUse(.file("x.lock")).path(beside: nil) == "x.lock")
        #expect(LockUse(.none).path(beside: "app.yaml") == nil)
    }
}

/// What changes in a lock, and what stays.
@Suite struct LockUpdateTests {
    private static func entry(_ name: String, _ digit: Character = "a", recipes: Set<String> = ["app.yaml"])
        -> Lockfile.Entry
    {
        let digest = ImageDigest("sha256:" + String(repeating: digit, count: 64)) ?? ImageDigest(of: [])
        return .init(
            reference: ImageReference(repository: name), digest: digest, platforms: [.linuxAMD64: digest],
            recipes: recipes)
    }

    private func request(_ name: String, _ recipes: Set<String> = ["app.yaml"]) -> LockRequest {
        LockRequest(ImageReference(repository: name), platforms: [.linuxAMD64], recipes: recipes)
    }

    @Test func entriesFollowTheirRecipes() {
        let before = Lockfile([
            Self.entry("old"), Self.entry("shared", recipes: ["app.yaml", "b.yaml"]),
            Self.entry("other", recipes: ["b.yaml"]),
            Self.entry("lost", recipes: ["gone.yaml"]),
        ])
        let after = before.updated(
            for: [request("new"), request("shared")], of: ["app.yaml"],
            resolved: [ImageReference(repository: "new"): Self.entry("new", "b")]
        ) { $0 == "b.yaml" }
        #expect(
            after
                == Lockfile([
                    Self.entry("new", "b"), Self.entry("shared", recipes: ["app.yaml", "b.yaml"]),
                    Self.entry("other", recipes: ["b.yaml"]),
                ]))
    }

    @Test func missingPlatformIsNoAnswer() {
        let lock = Lockfile([Self.entry("a")])
        #expect(lock.answers(request("a")) && !lock.answers(request("b")))
        var both = request("a")
        both.platforms.insert(.linuxARM64)
        #expect(!lock.answers(both))
    }

    @Test func requestsOfOneImageAreOne() {
        var arm = request("a", ["b.yaml"])
        arm.platforms = [.linuxARM64]
        #expect(
            LockRequest.merged([request("b"), request("a"), arm]) == [
                LockRequest(
                    ImageReference(repository: "a"), platforms: [.linuxAMD64, .linuxARM64],
                    recipes: ["app.yaml", "b.yaml"]),
                request("b"),
            ])
    }

    @Test func differencesAreNamed() {
        let locked = Lockfile([Self.entry("a"), Self.entry("b"), Self.entry("c", recipes: ["x.yaml"])])
        let now = Lockfile([Self.entry("b", "b"), Self.entry("c"), Self.entry("d")])
        let differences = locked.differences(from: now)
        #expect(
            differences == [
                .unneeded(Self.entry("a")), .changed(locked: Self.entry("b"), now: Self.entry("b", "b")),
                .missing(Self.entry("d")),
            ])
        let text = LockReport(path: "cudagen.lock", differences: differences, lost: [Self.entry("b").digest]).text
        #expect(text.contains("b: the registry has another digest\n  locked    sha256:aaaa"))
        #expect(text.contains("aaaa  (the registry has no such digest)\n  registry  sha256:bbbb"))
        #expect(text.contains("d: is not in cudagen.lock\n  registry  sha256:aaaa"))
    }
}

/// Plans whose images a lock pins.
@Suite struct PinnedPlanTests {
    private static let digest = ImageDigest(of: [1])

    private func lock(_ references: [ImageReference], platforms: [Platform] = Platform.allCases) -> Lockfile {
        Lockfile(
            references.map { reference in
                .init(
                    reference: reference, digest: Self.digest,
                    platforms: Dictionary(uniqueKeysWithValues: platforms.map { ($0, Self.digest) }),
                    recipes: ["app.yaml"])
            })
    }

    static let recipes = [
        "image: {cuda: 12.4.1, os: ubuntu22.04}",
        "image: {cuda: 12.4.1, os: ubuntu22.04, flavor: base}\nbuild: {run: [make], artifacts: [{from: a, to: /b}]}",
        "image: {cuda: 12.4.1, os: ubuntu22.04, source: packages, platforms: [linux/amd64, linux/arm64]}\n"
            + "build: {run: [make], artifacts: [{from: a, to: /b}]}",
        "image: {cuda: 12.4.1, base: 'mirror.example.com:5000/debian:12'}",
        "image: {source: wheels, cuda: 12.4}\npython: {version: '3.12', packages: [torch==2.6.0]}",
    ]

    @Test(arguments: recipes) func everyImageOfTheFileIsPinned(recipe: String) throws {
        let plan = try #require(resolve(recipe).plan)
        #expect(!plan.imagesToLock.isEmpty && plan.imagesToLock == Dockerfile(plan).externalImages)
        let active = ActiveLock(lock: lock(plan.imagesToLock), path: "cudagen.lock", isFrozen: true)
        let (pinned, diagnostics) = plan.pinned(by: active)
        #expect(diagnostics.isEmpty && pinned.imagesToLock.isEmpty)
        let text = try #require(Generator().render(pinned).text)
        for line in text.split(separator: "\n") where line.hasPrefix("FROM ") {
            let name = line.split(separator: " ")[1]
            let isOwn = !name.contains(":")
            #expect(isOwn || name.hasSuffix("@\(Self.digest)"), "\(line)")
        }
        #expect(Explanation(pinned, catalog: .embedded).text.contains("Pinned images\n"))
        // Nothing else changes.
        #expect(
            text.replacing("@\(Self.digest)", with: "").split(separator: "\n").filter { !$0.hasPrefix("# checksum") }
                == Generator().render(plan).text?.split(separator: "\n").filter { !$0.hasPrefix("# checksum") })
    }

    @Test func imagesThatFilesAreCopiedFromArePinned() throws {
        let tool = ImageReference(registry: "ghcr.io", repository: "a/uv", tag: "1")
        let path = try ContainerPath(validating: "/uv")
        let file = Dockerfile(stages: [
            Dockerfile.Stage(
                from: .image(ImageReference(repository: "debian", tag: "12")),
                [.copy(Copy([path], to: path, from: .image(tool)))])
        ])
        #expect(file.externalImages.map(\.description) == ["debian:12", "ghcr.io/a/uv:1"])
        let pins = file.externalImages.map { ImagePin(reference: $0, digest: Self.digest, lock: "cudagen.lock") }
        let text = try file.pinned(to: pins).text()
        #expect(
            text.contains("FROM debian:12@\(Self.digest)\n")
                && text.contains("--from=ghcr.io/a/uv:1@\(Self.digest) "))
    }

    @Test func officialImageUnderTestIsThePinnedOne() throws {
        let plan = try #require(resolve(Self.recipes[0]).plan)
        let active = ActiveLock(lock: lock(plan.imagesToLock), path: "cudagen.lock", isFrozen: true)
        let (pinned, _) = plan.pinned(by: active)
        #expect(try SmokeTestPlan(pinned, catalog: .embedded).image.value.digest == Self.digest.description)
    }

    @Test(arguments: [true, false]) func whatTheLockLacksIsSaid(isFrozen: Bool) throws {
        let plan = try #require(resolve(Self.recipes[2]).plan)
        let severity = isFrozen ? Diagnostic.Severity.error : .warning
        let empty = plan.pinned(by: ActiveLock(lock: Lockfile(), path: "x/cudagen.lock", isFrozen: isFrozen))
        #expect(empty.diagnostics.all.map(\.code) == [.lockStale] && empty.diagnostics.all[0].severity == severity)
        #expect(empty.diagnostics.all[0].message == "'\(plan.imagesToLock[0])' is not in 'x/cudagen.lock'")
        #expect(empty.plan.imagesToLock == plan.imagesToLock)
        let half = lock(plan.imagesToLock, platforms: [.linuxAMD64])
        let findings = plan.pinned(by: ActiveLock(lock: half, path: "cudagen.lock", isFrozen: isFrozen)).diagnostics.all
        #expect(findings.map(\.severity) == [severity] && findings[0].message.contains("has no linux/arm64 of"))
    }

    @Test func ownDigestStays() throws {
        let own = "debian:12@sha256:" + String(repeating: "5", count: 64)
        let plan = try #require(resolve("image: {cuda: 12.4.1, base: '\(own)'}").plan)
        #expect(plan.imagesToLock.isEmpty)
        let active = ActiveLock(
            lock: lock([ImageReference(repository: "debian", tag: "12")]), path: "cudagen.lock", isFrozen: true)
        #expect(Generator().render(plan.pinned(by: active).plan).text?.contains("FROM \(own)") == true)
    }

    @Test func smokeTestIsCompiledInAPinnedImage() throws {
        let plan = try #require(resolve(Self.recipes[0]).plan)
        let test = try SmokeTestPlan(plan, catalog: .embedded)
        let image = try #require(test.imageToLock)
        let empty = test.pinned(by: ActiveLock(lock: Lockfile(), path: "cudagen.lock", isFrozen: true))
        #expect(empty.diagnostics.hasErrors && empty.diagnostics.all[0].help?.contains("lock --smoke") == true)
        let (pinned, findings) = test.pinned(by: ActiveLock(lock: lock([image]), path: "cudagen.lock", isFrozen: true))
        #expect(findings.isEmpty)
        let files = try SmokeTest.files(pinned)
        #expect(files.contains { $0.text.contains("FROM \(image)@\(Self.digest) AS") })
    }

    private func generate(_ use: LockUse, lock: String?, fileName: String = "a/app.yaml") -> Generator.Output {
        let generator = Generator(
            files: FileReader { (path) throws(DiagnosticError) in
                lock.map { RecipeSource(text: $0, fileName: path) }
            })
        let source = RecipeSource(text: Self.recipes[0], fileName: fileName)
        return generator.generate(source, options: ImageOptions(lock: use))
    }

    @Test func generatorTakesTheLockBesideTheRecipe() throws {
        let image = try #require(resolve(Self.recipes[0]).plan?.imagesToLock)
        let text = lock(image).text
        #expect(generate(LockUse(), lock: text).text?.contains("@\(Self.digest)") == true)
        #expect(generate(LockUse(.none), lock: text).text?.contains("@sha256") == false)
        #expect(generate(LockUse(.file("x")), lock: text).text?.contains("cudagen --lock x app.yaml\n") == true)
        #expect(generate(LockUse(), lock: nil).diagnostics.isEmpty)
        let edited = text.replacing("app.yaml", with: "b.yaml")
        #expect(generate(LockUse(), lock: edited).diagnostics.all.map(\.code) == [.lockEdited])
        #expect(generate(LockUse(isFrozen: true), lock: edited).text == nil)
        let missing = generate(LockUse(isFrozen: true), lock: nil)
        #expect(missing.text == nil && missing.diagnostics.all.map(\.code) == [.lockMissing])
        #expect(missing.diagnostics.all[0].message == "there is no lock 'a/cudagen.lock'")
        let broken = generate(LockUse(), lock: "schema: 1\nimages: x\n")
        #expect(broken.text == nil && broken.sources["a/cudagen.lock"] != nil)
        #expect(
            generate(LockUse(isFrozen: true), lock: text, fileName: "<stdin>").diagnostics.all.map(\.code) == [
                .lockMissing
            ])
    }
}

/// The catalogue beside a registry's tags.
@Suite struct TagComparisonTests {
    private func comparison(_ query: TagQuery, _ tags: [String]) -> TagComparison {
        TagComparison(query, tags: tags, repository: "nvidia/cuda", catalog: .embedded)
    }

    @Test func allTagsOfTheCatalogueAreNoDifference() {
        let tags = Catalog.embedded.tags.map(\.tag.description)
        let same = comparison(TagQuery(), tags)
        #expect(same.isSame && same.commonCount == tags.count)
        let without = comparison(TagQuery(), tags.filter { !$0.hasSuffix("ubuntu22.04") })
        #expect(without.new.isEmpty && without.gone.allSatisfy { $0.tag.os == OperatingSystem(.ubuntu, "22.04") })
        #expect(
            !without.gone.isEmpty && without.gone.allSatisfy { $0.status == .supported || $0.status == .unsupported })
    }

    @Test func filtersCountForBothSides() {
        let tags = ["99.1.0-base-ubuntu22.04", "99.1.0-cudnn-devel-ubi9", "latest-test"]
        #expect(Set(comparison(TagQuery(), tags).new) == Set(tags))
        #expect(comparison(TagQuery(flavor: .base), tags).new == [tags[0]])
        #expect(comparison(TagQuery(cudnn: .any), tags).new == [tags[1]])
        #expect(comparison(TagQuery(os: OperatingSystem(.ubi, "9")), tags).new == [tags[1]])
        #expect(comparison(TagQuery(cuda: CUDAVersionPattern(12)), tags).new.isEmpty)
        #expect(comparison(TagQuery(supportedOnly: true), tags).new.isEmpty)
        let gone = comparison(TagQuery(flavor: .base, supportedOnly: true), []).gone
        #expect(!gone.isEmpty && gone.allSatisfy { $0.tag.flavor == .base && $0.status == .supported })
    }

    @Test func shortNamesThatNVIDIAHadAreNotNew() {
        #expect(comparison(TagQuery(), ["11.4.0-runtime"]).new.isEmpty)
        #expect(comparison(TagQuery(), ["11.4.0-nothing"]).new == ["11.4.0-nothing"])
    }

    @Test func formatsSayTheSame() {
        let some = comparison(TagQuery(cuda: CUDAVersionPattern(99)), ["99.1.0-base-ubuntu22.04"])
        #expect(some.plain == "+99.1.0-base-ubuntu22.04\n")
        #expect(some.table == "new   99.1.0-base-ubuntu22.04  the catalogue does not know it\n")
        #expect(
            some.json.compact
                == #"{"version":1,"repository":"nvidia/cuda","new":["99.1.0-base-ubuntu22.04"],"gone":[]}"#)
    }
}
