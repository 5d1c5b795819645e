import ArgumentParser
import CudaImageKit

/// Which lock pins the images.
struct LockArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The lock that pins images to digests (default: cudagen.lock beside the recipe, if it is there).",
            valueName: "file"), completion: .file())
    var lock: String?

    @Flag(help: "Pin nothing: write tags as they are.")
    var noLock = false

    @Flag(help: "Fail if the lock is missing, was edited, or lacks what the image needs.")
    var frozen = false

    func validate() throws {
        if noLock, lock != nil || frozen { throw ValidationError("--no-lock goes with neither --lock nor --frozen.") }
    }

    var use: LockUse {
        LockUse(noLock ? .none : lock.map { .file($0) } ?? .besideRecipe, isFrozen: frozen)
    }
}
