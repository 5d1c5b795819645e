import ArgumentParser
import CudaImageKit

/// How findings are reported.
struct ReportArguments: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }
    enum Color: String, ExpressibleByArgument, CaseIterable {
        case auto, always, never

        var isOn: Bool {
            switch self {
            case .auto: Terminal.hasColor
            case .always: true
            case .never: false
            }
        }
    }

    @Option(help: "Findings and explanations as text or json.")
    var format: Format = .text

    @Option(help: "Colour in findings: auto, always or never.")
    var color: Color = .auto

    /// The choices as plain values.
    var style: ReportStyle {
        ReportStyle(format: format, hasColor: color.isOn)
    }
}

/// How a session reports findings.
struct ReportStyle {
    var format = ReportArguments.Format.text
    var hasColor = Terminal.hasColor
}

extension ExitCode {
    /// A difference, a finding: the answer is no.
    static let no = ExitCode(1)
    /// Invalid recipe or impossible request.
    static let invalid = ExitCode(2)
    /// The environment lacks something.
    static let environment = ExitCode(3)
}
