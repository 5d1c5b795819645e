import CudaImageKit

/// The images of a team: one trainer for each CUDA release, and a runtime.
public enum Images {
    /// The trainer's recipe, in Swift: what differs from release to release is a parameter.
    public static func trainer(cuda: String) -> RecipeBuilder {
        RecipeBuilder(name: "trainer")
            .image(cuda: cuda, flavor: .runtime, os: "ubuntu22.04", cudnn: .any)
            .python(manager: .uv, packages: ["numpy==2.1.0"])
            .copy("train.py")
            .environment(["LEVEL": "2"])
            .entrypoint("python3", "train.py")
    }

    /// The trainer's Dockerfile.
    ///
    /// - Throws: `DiagnosticError` with what is wrong, and where in this file.
    public static func trainerDockerfile(cuda: String) throws(DiagnosticError) -> String {
        try Generator().generate(trainer(cuda: cuda)).get()
    }

    /// The runtime's Dockerfile, rendered from `Recipes/runtime.cudagen.yaml` at build time.
    public static var runtimeDockerfile: String { Dockerfiles.runtime }
}
