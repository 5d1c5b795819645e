import ArgumentParser
import CudaImageKit
import CudaImageRegistry

/// How registries are asked.
struct RegistryArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Certificates that are trusted in place of the system's, such as those of a company (also: CURL_CA_BUNDLE, "
                + "SSL_CERT_FILE).", valueName: "file"), completion: .file())
    var caFile: String?

    @Option(
        help: ArgumentHelp(
            "A registry that has no TLS; of this machine's own it is found out. May be repeated.",
            valueName: "host:port"))
    var plainHttp: [String] = []

    @Option(
        name: .customLong("timeout"),
        help: ArgumentHelp("Seconds that an answer may take (default: 30).", valueName: "seconds"))
    var askedTimeout: Int?

    private var timeout: Int { askedTimeout ?? 30 }

    /// The first of these options that the command line has.
    var firstGiven: String? {
        if caFile != nil { return "--ca-file" }
        if !plainHttp.isEmpty { return "--plain-http" }
        return askedTimeout == nil ? nil : "--timeout"
    }

    func validate() throws {
        if !(1...3600).contains(timeout) { throw ValidationError("--timeout takes 1 to 3600 seconds.") }
        if let host = plainHttp.first(where: { ImageReference("\($0)/a")?.registry != $0 }) {
            throw ValidationError("--plain-http: '\(host)' is not a registry's host and port, such as localhost:5000.")
        }
        if let caFile, !FileSystem.isFile(caFile) { throw ValidationError("--ca-file: there is no file '\(caFile)'.") }
    }

    var client: RegistryClient {
        RegistryClient(
            transport: CurlTransport(timeout: timeout, authorities: caFile),
            clock: RegistryClock(now: { Environment.seconds }, wait: { Environment.wait(seconds: $0) }),
            plainHosts: Set(plainHttp)
        ) { (endpoint) throws(RegistryError) in try DockerCredentials().credential(for: endpoint) }
    }
}

extension RegistryError {
    var exitCode: ExitCode { isEnvironment ? .environment : .invalid }
}
