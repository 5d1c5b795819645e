import CudaImageKit

/// How a package of one release is called in another one.
///
/// Names have the release (`libcublas-13-2`) or its major version (`libcudnn9-cuda-13`) as words between hyphens.
struct PackageRenaming {
    let old: CUDAVersion
    let new: CUDAVersion

    func name(_ name: String) -> String {
        var words = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < words.count {
            if words[index] == "\(old.major)" {
                words[index] = "\(new.major)"
                if index + 1 < words.count, words[index + 1] == "\(old.minor)" {
                    words[index + 1] = "\(new.minor)"
                    index += 1
                }
            }
            index += 1
        }
        return words.joined(separator: "-")
    }

    /// `/usr/local/cuda > cuda-11.2`
    func link(_ link: PackageSet.Symlink) -> PackageSet.Symlink {
        var link = link
        if link.target == "cuda-\(old.majorMinor)" { link.target = "cuda-\(new.majorMinor)" }
        return link
    }

    /// `NVIDIA_REQUIRE_CUDA`: its first condition names the release, the others drivers that the template's release
    /// accepts beyond it. Which ones a newer release accepts is not known; those of the template stay.
    func requirement(_ requirement: String) -> String {
        requirement.split(separator: " ", omittingEmptySubsequences: false).map { condition in
            condition == "cuda>=\(old.majorMinor)" ? "cuda>=\(new.majorMinor)" : String(condition)
        }.joined(separator: " ")
    }
}
