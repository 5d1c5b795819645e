import CudaImageKit
import Foundation
import Testing

/// `Documentation/host.md` says what `doctor` says; its tables are written anew as `GoldenTests` says.
@Suite struct HostDocumentationGoldenTests {
    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Documentation/host.md")

    @Test func tablesOfErrorsAreThoseOfTheCatalogue() throws {
        var text = try String(contentsOf: Self.page, encoding: .utf8)
        let errors = Catalog.embedded.knownErrors.map { error in
            // The bounds of repetitions are the program's matter.
            let pattern = error.pattern.replacing("{0,200}", with: "*").replacing("{1,200}", with: "+")
            return "| \(error.name) | \(Self.code(pattern)) | \(Self.cell(error.place)) | \(Self.cell(error.cause)) "
                + "| \(Self.cell(error.fix)) |\n"
        }
        let codes = Catalog.embedded.cudaErrorCodes.map {
            "| \($0.code) | `\($0.name)` | \(Self.cell($0.meaning)) | \(Self.cell($0.messages.joined(separator: "; "))) "
                + "| \(Self.cell($0.fix ?? "")) |\n"
        }
        let tables = [
            ("errors", "| name | message | where | cause | fix |\n|---|---|---|---|---|\n" + errors.joined()),
            ("codes", "| code | name | meaning | also printed as | fix |\n|---|---|---|---|---|\n" + codes.joined()),
        ]
        for (name, table) in tables {
            let start = try #require(
                text.range(of: "<!-- \(name): written by CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden -->\n"))
            let end = try #require(text.range(of: "<!-- end of \(name) -->"))
            let range = start.upperBound..<end.lowerBound
            if GoldenFolder.updates {
                text.replaceSubrange(range, with: table)
                try text.write(to: Self.page, atomically: true, encoding: .utf8)
            }
            let found = String(
                text[range.lowerBound..<(try #require(text.range(of: "<!-- end of \(name) -->")).lowerBound)])
            #expect(found == table, "CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden writes it anew")
        }
    }

    @Test func everyFindingIsDescribed() throws {
        let lines = try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n")
        for code in HostFinding.Code.allCases {
            #expect(lines.count { $0.hasPrefix("| `\(code.rawValue)` | ") } == 1, "\(code.rawValue)")
        }
    }

    @Test func shownReportIsARealOne() throws {
        let test = try #require(DoctorCase.all.first { $0.name == "requirement-refuses" })
        let report = try test.host().report(image: test.tag.map(HostImage.init(tag:)))
        #expect(try String(contentsOf: Self.page, encoding: .utf8).contains(report.text))
    }

    /// A regular expression as code in a table: bars would end the cell, backquotes the code.
    private static func code(_ text: String) -> String {
        let fence = text.contains("`") ? "``" : "`"
        return fence + text.replacing("|", with: "\\|") + fence
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("*", with: "\\*").replacing("<", with: "&lt;")
    }
}
