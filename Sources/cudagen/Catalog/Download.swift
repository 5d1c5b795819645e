import ArgumentParser
import CudaImageKit

/// Fetches files of a repository with the user's own curl.
///
/// Why not in this process: curl knows the user's proxies, certificates and passwords, is kept up to date by the
/// distribution, and costs those nothing who fetch nothing.
struct Download {
    /// Without a slash at the end.
    let base: String
    /// Where downloads go.
    let scratch: String

    /// The address as it may be written down: without a password.
    private var place: String { RepositoryLocation.address(self).description }

    /// Seconds for one file.
    private static let timeLimit = 300

    /// - Returns: `nil` if the server has no such file.
    func file(_ name: String, limit: Int) throws(ImportProblem) -> [UInt8]? {
        guard let curl = Subprocess.path(of: "curl") else {
            throw ImportProblem(
                .downloadFailed, "curl is not on PATH: '\(place)' can't be fetched",
                help: "install curl (apt-get install curl, dnf install curl), or fetch the repository's index yourself "
                    + "and name its folder", exitCode: .environment)
        }
        let address = "\(base)/\(name)"
        let file = "\(scratch)/download"
        // From http a redirection may lead to https, from https nowhere else.
        let schemes = base.hasPrefix("https:") ? "=https" : "=http,https"
        let result = Subprocess.run(
            [
                curl, "--fail", "--silent", "--show-error", "--globoff", "--location", "--proto", schemes,
                "--proto-redir", schemes, "--max-redirs", "5", "--connect-timeout", "20", "--max-time",
                "\(Self.timeLimit)", "--retry", "2", "--max-filesize", "\(limit)", "--netrc-optional", "--output", file,
                "--url", address,
            ], isShown: false)
        guard result.status == 0 else {
            // 22 is an HTTP error; 404 and 410 say that the file is not there.
            if result.status == 22, ["404", "410"].contains(where: { result.output.contains("error: \($0)") }) {
                return nil
            }
            let said = result.output.split(separator: "\n").last.map { [String($0)] } ?? []
            throw ImportProblem(
                .downloadFailed, "'\(place)/\(name)' can't be fetched",
                notes: said,
                help: "curl's exit code was \(result.status); its variables for proxies are https_proxy "
                    + "and no_proxy", exitCode: .environment)
        }
        do {
            guard let bytes = try FileSystem.bytes(of: file) else { return [] }
            guard bytes.count <= limit else {
                throw ImportProblem(.invalidIndex, "'\(name)' has more than \(limit >> 20) MiB")
            }
            return bytes
        } catch let error as FileError {
            throw ImportProblem(error)
        } catch let error as ImportProblem {
            throw error
        } catch {
            throw ImportProblem(.downloadFailed, "'\(name)' can't be read: \(error)")
        }
    }
}
