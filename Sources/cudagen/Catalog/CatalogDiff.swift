import ArgumentParser
import CudaImageKit

struct CatalogDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What differs between two catalogues: releases, tags, images.",
        discussion: """
            Examples:
              cudagen catalog diff
              cudagen catalog diff built-in mine.catalog --format json

            Without names the built-in catalogue is compared with the one that commands use, with one name the built-in \
            one with that. Exits with 1 if they differ.
            """)

    @OptionGroup var report: ReportArguments

    @Argument(help: "One or two catalogues: files, or 'built-in'.")
    var catalogs: [String] = []

    func validate() throws {
        if catalogs.count > 2 { throw ValidationError("Name at most two catalogues.") }
    }

    func run() throws {
        let old = catalogs.count == 2 ? catalogs[0] : CatalogOrigin.builtInName
        var before = Session(report: report.style, catalog: old)
        var after = Session(report: report.style, catalog: catalogs.last)
        let comparison = CatalogComparison(from: try before.catalog(), to: try after.catalog())
        if report.format == .json {
            Terminal.write(comparison.json.pretty + "\n")
        } else {
            Terminal.write(comparison.text)
        }
        if !comparison.isEmpty { throw ExitCode.no }
    }
}
