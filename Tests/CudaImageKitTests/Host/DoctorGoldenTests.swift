import CudaImageKit
import Foundation
import Testing

/// Reports about recorded hosts, compared with `Golden/doctor/<name>.txt`; written anew as `GoldenTests` says.
@Suite struct DoctorGoldenTests {
    private static let golden = GoldenFolder("doctor")

    @Test(arguments: DoctorCase.all)
    func reportIsAsItWasRead(_ test: DoctorCase) throws {
        let report = try test.host().report(image: test.tag.map(HostImage.init(tag:)))
        #expect(report.findings.map(\.code) == test.codes)
        #expect(report.verdict == test.verdict)
        try Self.golden.compare(report.text, with: "\(test.name).txt")
    }

    @Test func everyFileHasItsCase() throws {
        try Self.golden.expect(DoctorCase.all.map { "\($0.name).txt" })
    }

    @Test func everyCodeIsFoundSomewhere() {
        let found = Set(DoctorCase.all.flatMap(\.codes))
        // Tested on their own: they need a program that hangs, a missing library folder, a recipe, another processor,
        // a tag of the catalogue.
        let others: Set<HostFinding.Code> = [
            .programSilent, .driverLibrariesMissing, .imageCode, .imagePlatform, .imageGone,
        ]
        #expect(Set(HostFinding.Code.allCases).subtracting(found) == others)
    }
}

/// A folder of golden files.
struct GoldenFolder: Sendable {
    private let folder: URL
    static let updates = ProcessInfo.processInfo.environment["CUDAGEN_UPDATE_GOLDEN"] == "1"

    init(_ name: String) {
        folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden").appendingPathComponent(name)
    }

    func compare(_ text: String, with name: String) throws {
        let file = folder.appendingPathComponent(name)
        if Self.updates {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard Array(expected.utf8) != Array(text.utf8) else { return }
        let diff = UnifiedDiff.between((name, expected), ("generated", text))
        Issue.record("\(diff)CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden writes it anew")
    }

    /// Nothing else lies in the folder.
    func expect(_ names: [String]) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
        #expect(Set(files).subtracting(names).isEmpty, "files without a case")
        #expect(Set(names).count == names.count, "two cases have one name")
    }
}

extension HostImage {
    /// The image of an official tag.
    init(tag: String) throws {
        let facts = try #require(CUDAImageTag(tag).flatMap(Catalog.embedded.tag), "\(tag)")
        let plan = Catalog.embedded.plan(Recipe().applying(ImageOptions()), tag: facts).0
        try self.init(try #require(plan, "\(tag)"))
    }
}
