import ArgumentParser
import CudaImageKit

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What a tag or a recipe's image contains, and why each decision was taken.",
        discussion: """
            Examples:
              cudagen explain 11.4.0-runtime-ubuntu20.04
              cudagen explain nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04 --platform linux/arm64
              cudagen explain app.yaml
            """)

    @OptionGroup var image: ImageArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "A tag of nvidia/cuda, or a recipe.", completion: .file())
    var subject: String?

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog)
        let explanation = try session.explanation(of: subject, options: image.options(lock))
        Terminal.write(report.format == .json ? explanation.json.pretty + "\n" : explanation.text)
    }
}
