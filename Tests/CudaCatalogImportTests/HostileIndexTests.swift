import CudaImageKit
import Foundation
import Testing

@testable import CudaCatalogImport

/// Whatever an index says, the result is a finding or a catalogue that can be read again.
@Suite struct HostileIndexTests {
    private static let good = """
        Package: cuda-libraries-13-4
        Version: 13.4.0-1
        Depends: cuda-cudart-13-4 (>= 13.4.20), libcublas-13-4 (>= 13.5.0.2)

        Package: cuda-cudart-13-4
        Version: 13.4.20-1

        Package: libcublas-13-4
        Version: 13.5.0.2-1

        Package: libcudnn9-cuda-13
        Version: 9.31.1.2-1

        """

    private static let pieces = [
        "\n", "\n\n", "\t", " ", ":", ",", "(", ")", ">=", "=", "|", "-", "13-4", "13.4.0-1", "Package:", "Version:",
        "Depends:", "cuda-libraries-", "99999999999999999999", "\u{0}", "\u{1b}[2J", "\r", "[sets]", "../", "$(id)",
        "`x`",
        "é", "\u{2028}", "cuda-libraries-13-999999999", "+cuda13.4", "<a>", "&lt;", "</name>", "<!DOCTYPE", "]]>",
    ]

    private static func xml(_ text: String) -> String {
        text.split(separator: "\n\n").map { paragraph in
            let lines = paragraph.split(separator: "\n")
            let value = { (name: String) in
                lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) } ?? ""
            }
            let version = value("Version").split(separator: "-")
            return "<package><name>\(value("Package"))</name><version ver=\"\(version.first ?? "")\" "
                + "rel=\"\(version.last ?? "")\"/></package>"
        }.joined()
    }

    @Test(arguments: [true, false])
    func brokenIndexesNeverBecomeABrokenCatalogue(isApt: Bool) throws {
        var random = SplitMix(state: ProcessInfo.processInfo.environment["CUDAGEN_SEED"].flatMap { UInt64($0) } ?? 7)
        let good = isApt ? Self.good : "<metadata>\(Self.xml(Self.good))</metadata>"
        let repository = isApt ? "ubuntu2404/x86_64" : "rhel9/x86_64"
        var written = 0, refused = 0
        for _ in 0..<160 {
            var bytes = Array(good.utf8)
            for _ in 0...(random.next(isApt ? 6 : 1)) {
                let place = random.next(bytes.count + 1)
                switch random.next(4) {
                case 0: if place < bytes.count { bytes[place] = UInt8(random.next(256)) }
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.next(12)))
                case 2: bytes.insert(contentsOf: Self.pieces[random.next(Self.pieces.count)].utf8, at: place)
                default:
                    let part = bytes[place..<min(bytes.count, place + random.next(80))]
                    bytes.insert(contentsOf: Array(part), at: random.next(bytes.count + 1))
                }
            }
            do {
                let index =
                    isApt
                    ? try PackageIndex(aptPackages: bytes, fileName: "Packages")
                    : try PackageIndex(primary: bytes, fileName: "primary.xml")
                var facts = CatalogImport(into: .embedded)
                facts.add(index, repository: repository, source: "x, not verified", date: nil)
                guard !facts.images.isEmpty else { continue }
                let catalog = try Catalog(parsing: try facts.text(), fileName: "imported")
                for image in facts.images {
                    let read = try #require(catalog.image(image.facts.cuda, image.facts.os, image.facts.platform))
                    for layer in image.layers {
                        #expect(catalog.layers(of: layer.variant, in: read)?.last?.set == layer.set)
                    }
                }
                written += 1
            } catch let error as DiagnosticError {
                #expect(error.diagnostics.hasErrors)
                refused += 1
            }
        }
        #expect(written > 4 && refused > 20, "\(written) written, \(refused) refused")
    }

    @Test func unknownRepositoryHasNothingToDeriveFrom() throws {
        var facts = CatalogImport(into: .embedded)
        let index = try PackageIndex(aptPackages: Array(Self.good.utf8), fileName: "Packages")
        facts.add(index, repository: "ubuntu9999/x86_64", source: "x", date: nil)
        #expect(facts.diagnostics.all.first?.code == .unknownSource && facts.images.isEmpty)
    }

    @Test func leftOutPackagesAreRemembered() throws {
        var facts = CatalogImport(into: .embedded)
        let index = try PackageIndex(aptPackages: Array(Self.good.utf8), fileName: "Packages")
        facts.add(index, repository: "ubuntu2404/x86_64", source: "x", date: "2026-11-24")
        let catalog = try Catalog(parsing: try facts.text(), fileName: "imported")
        let image = try #require(catalog.image(CUDAVersion(13, 4, 0), OperatingSystem(.ubuntu, "24.04"), .linuxAMD64))
        #expect(image.derivation?.template == CUDAVersion(13, 2, 1))
        #expect(image.derivation?.leftOut.contains("libnpp-13-4") == true)
        #expect(image.variants.map(\.description) == ["base", "runtime", "cudnn-runtime"], "devel has no compiler")
        #expect(catalog.origins.map(\.asOf) == ["2026-11-24", "2025-12-15"])
    }
}

/// Numbers that look random and are the same in each run.
private struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
