import ArgumentParser
import CudaImageKit

struct Smoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "smoke",
        abstract: "Write the GPU smoke test of a recipe's image, or of any image.",
        discussion: """
            Examples:
              cudagen smoke app.yaml -o smoke && smoke/run.sh
              cudagen smoke --image nvidia/cuda:12.4.1-runtime-ubuntu22.04 -o smoke
              cudagen smoke --image registry.example.com/model:7 --cuda 12.4.1 --os debian12 -o smoke --kubernetes

            Writes smoke.cu, Dockerfile, run.sh and README.md. 'cudagen verify' builds and runs the same test.
            """)

    @OptionGroup var smoke: SmokeArguments
    @OptionGroup var image: ImageArguments
    @OptionGroup var templates: TemplateArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "folder"), completion: .directory)
    var output: String

    @Flag(help: "Also write job.yaml, a Kubernetes Job.")
    var kubernetes = false

    @Flag(help: "Also write compose.yaml.")
    var compose = false

    @Flag(help: "Overwrite files that cudagen did not write, or that were edited by hand.")
    var force = false

    func validate() throws { try smoke.validate(with: image) }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog, templates: templates.templates)
        let (plan, _) = try session.smokeTest(smoke, options: image.options(lock), timeout: smoke.timeout)
        var extras: SmokeTest.Extras = []
        if kubernetes { extras.insert(.kubernetes) }
        if compose { extras.insert(.compose) }
        let files = try session.files(
            of: plan, arguments: templates.arguments + image.options(lock).arguments, folder: output,
            extras: extras)
        try session.write(files, to: output, force: force)
        Terminal.warn(
            """
            cudagen: smoke test of \(plan.image.value) in \(output); run it with \(output)/run.sh
            cudagen: compiled in \(plan.builder.value.image): \(plan.builder.because)

            """)
        if plan.libraries.value.isEmpty, plan.command.isEmpty {
            Terminal.warn("cudagen: no library is tested: \(plan.libraries.because)\n")
        }
    }
}
