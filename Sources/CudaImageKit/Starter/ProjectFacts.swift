/// What a project's folder tells about the image that it needs: what its files say, without decisions.
///
/// Each detector adds what it reads surely; what it could not is a remark for the person who reads the recipe.
public struct ProjectFacts: Hashable, Sendable {
    /// Something that was read, for a report.
    public struct Finding: Hashable, Sendable {
        /// The file, as seen from the folder.
        public internal(set) var path: String
        /// One phrase: `5 requirements, torch==2.8.0 among them`.
        public internal(set) var what: String
    }

    /// In the order of the detectors, which does not depend on the file system.
    public internal(set) var findings: [Finding] = []
    /// Names that the project has, the best first.
    var names: [String] = []

    // Python.
    var requirements: [RequirementsFile] = []
    var project: PythonProject?
    var environment: CondaEnvironment?
    var pythonVersion: Located<PythonVersion>?
    /// `setup.py` that builds a CUDA extension of PyTorch.
    var extensionSetup: String?
    /// What `setup.py` says in `install_requires`, as far as it stands there in plain words.
    var setup: SetupFile?
    var code = PythonCode()

    // CUDA C++.
    var cmake: CMakeProject?
    var makefile: MakeProject?
    var cudaSources: [String] = []
    /// The sources among them that have a `main`.
    var cudaPrograms: [String] = []
    /// Files in the project's folder, and folders in it, that a build of CUDA C++ may read.
    var sources = SourceFiles()

    // Containers.
    var dockerfile: DockerfileFacts?
    var hasDockerIgnore = false

    /// Whether the image has to have Python.
    var usesPython: Bool {
        !requirements.isEmpty || project != nil || environment != nil || pythonVersion != nil || extensionSetup != nil
            || setup != nil || dockerfile?.pytorch != nil || !code.modules.isEmpty
    }

    mutating func note(_ path: String, _ what: String) { findings.append(Finding(path: path, what: what)) }
}

/// A file of pip's requirements.
struct RequirementsFile: Hashable, Sendable {
    var source: RecipeSource
    var pins: FrameworkPins
    /// Names of all requirements, normalised.
    var packages: Set<String>
    /// Files that it names with `-r` or `-c` and that are not there, or can't be read.
    var hasUnreadFiles: Bool
    /// Whether it names an index or links itself.
    var namesIndex: Bool

    var path: String { source.fileName }
}

/// A `setup.py` that names requirements.
struct SetupFile: Hashable, Sendable {
    var path: String
    var pins: FrameworkPins
}

/// A `pyproject.toml` that says what the project is or needs.
struct PythonProject: Hashable, Sendable {
    var path: String
    var pins: FrameworkPins
    var name: String?
    var requiresPython: Located<VersionSpecifiers>?
    /// `[project] dependencies`, as they stand there.
    var dependencies: [String] = []
    /// Whether a build tool finds out the dependencies, so that they do not stand there.
    var isDynamic = false
    /// Names of `[project.scripts]` and what they call: `pkg.module:function`.
    var scripts: [Script] = []
    var usesPoetry = false
    /// Whether `uv.lock` lies beside it.
    var hasLock = false

    struct Script: Hashable, Sendable {
        var name: String
        var target: String
    }
}

/// A conda `environment.yml`.
struct CondaEnvironment: Hashable, Sendable {
    var path: String
    /// The release that `cuda-version`, `cudatoolkit` or `pytorch-cuda` names.
    var cuda: Located<CUDAVersionPattern>?
    var python: PythonVersion?
    var packages: Set<String> = []
}

/// What the code itself tells.
struct PythonCode: Hashable, Sendable {
    /// Modules in the project's folder that are part of the application.
    var modules: [String] = []
    /// Folders in it that hold modules.
    var packages: [String] = []
    /// Frameworks that the code imports, each with the first file that does.
    var frameworks: [Import] = []
    /// What starts the application.
    var entry: Entry?

    enum Entry: Hashable, Sendable {
        case file(String, because: String)
        case module(String, because: String)
        /// An ASGI application for uvicorn: `service:app`.
        case service(String, path: String)
    }

    struct Import: Hashable, Sendable {
        var framework: Framework
        var path: String
    }
}

/// A CMake project that compiles CUDA.
struct CMakeProject: Hashable, Sendable {
    struct Program: Hashable, Sendable {
        var name: String
        /// The folder of its `CMakeLists.txt`.
        var folder: String
    }

    var path: String
    var name: String?
    var minimum: String?
    /// What `CMAKE_CUDA_ARCHITECTURES` names, as far as it is numbers.
    var architectures: [Located<ComputeCapability>] = []
    /// `native`, which asks a GPU that a build has not.
    var asksGPU = false
    var programs: [Program] = []
    /// Targets of `add_library(… SHARED …)`.
    var sharedLibraries: [String] = []
    /// Other packages of `find_package`.
    var packages: [String] = []
    var linked = LinkedLibraries()
    /// Whether the place of programs is set, so that it can't be told.
    var movesPrograms = false
    var installs = false
}

/// A makefile that calls nvcc.
struct MakeProject: Hashable, Sendable {
    var path: String
    /// What the first target makes, as far as it can be told.
    var programs: [String] = []
    var linked = LinkedLibraries()
}

/// The CUDA libraries that programs load from the image.
struct LinkedLibraries: Hashable, Sendable {
    /// Short names, such as `cublas`, in order.
    var names: [String] = []
    var hasCuDNN = false

    /// Takes a library's name as link commands have it: `CUDA::cublas`, `cublas`.
    mutating func add(_ text: some StringProtocol) {
        var name = String(text)
        if name.hasPrefix("CUDA::") { name = String(name.dropFirst("CUDA::".count)) }
        if name == "cudnn" || name == "CUDNN::cudnn" || name == "CuDNN::CuDNN" {
            hasCuDNN = true
        } else if Self.known.contains(where: { name == $0 || $0 == "npp" && name.hasPrefix("npp") }),
            !name.hasSuffix("_static"), !names.contains(name)
        {
            names.append(name)
        }
    }

    /// Libraries that flavor `runtime` has and `base` has not. Source: CMake's documentation of FindCUDAToolkit.
    private static let known = [
        "cublas", "cublasLt", "cufft", "cufftw", "curand", "cusolver", "cusparse", "npp", "nvrtc", "nvjpeg", "nvgraph",
        "nvJitLink",
    ]
}

/// What a compiler and its build system read.
struct SourceFiles: Hashable, Sendable {
    var names: [String] = []
    var folders: [String] = []
}
