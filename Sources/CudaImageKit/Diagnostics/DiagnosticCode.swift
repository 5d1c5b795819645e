/// The stable code of a diagnostic. Codes are never reused for something else.
///
/// The first two digits say which layer found it: `CG01` reading a recipe, `CG02` the meaning of a recipe, `CG03` the
/// catalogue and CUDA's versions, `CG04` the application part, `CG05` files, `CG06` the import of facts, `CG07` locks and
/// registries, `CG08` templates.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    // Reading a recipe.

    /// The file is not YAML, has a tag such as `!!int`, or an alias without an anchor. Mend the line, or one before it.
    case yamlSyntax = "CG0101"
    /// A key that does not exist at that place. Take the suggestion or a key that the help lists.
    case unknownKey = "CG0102"
    /// A key stands twice in one mapping. Remove one of them.
    case duplicateKey = "CG0103"
    /// A list, mapping or text stands where another of them is expected; commands are lists of words. Write what is
    /// expected.
    case wrongType = "CG0104"
    /// A bound is passed, such as 1 MiB of recipe, 32 levels, 50,000 values or 10,000 images of a matrix. Name the
    /// recipe, not data.
    case tooLarge = "CG0105"
    /// The file is not UTF-8. Save it as UTF-8.
    case notUTF8 = "CG0106"
    /// The file is empty or holds comments only. Write a recipe: `image: {cuda: 12.4.1}`.
    case emptyFile = "CG0107"
    /// More than 64 aliases, or aliases that come to more than 50,000 values when written out. Write the values out.
    case tooManyAliases = "CG0108"
    /// A required key is missing, or a key has no value. Add it; `""` is an empty value.
    case missingKey = "CG0109"
    /// A tab indents a line, which YAML does not allow. Replace it by blanks.
    case tabIndentation = "CG0110"
    /// A second YAML document starts. Use one file for each image, or a matrix file.
    case severalDocuments = "CG0111"
    /// The file is missing, no regular file, may not be read, or its name is empty. Mend the path; `-` is standard
    /// input.
    case unreadableFile = "CG0112"

    // The meaning of a recipe.

    /// A value is not what the key or option takes. Take one that the message names.
    case invalidValue = "CG0201"
    /// The recipe is for another version of cudagen. Write `schema: 1`, or use a newer cudagen.
    case unsupportedSchema = "CG0202"
    /// Two keys exclude each other; as a warning: `os` is not what the base looks like. Remove one of them.
    case conflictingKeys = "CG0203"
    /// A value holds a line break, which a Dockerfile can't carry there. Write it on one line, or use `run` or a file.
    case lineBreakInValue = "CG0204"
    /// The path or value of `--set` does not fit the recipe. Name a key below which something can stand.
    case invalidOption = "CG0205"
    /// Warning: an entry of a matrix file's `exclude` matches no image. Remove it, or write it as `matrix` does: `12.4`
    /// is not `12.4.1`.
    case uselessExclusion = "CG0206"

    // The catalogue and CUDA's versions.

    /// The catalogue has no release of CUDA with that number. Take one that exists, or bring a catalogue.
    case noSuchRelease = "CG0301"
    /// The release exists, but not with that operating system, flavor or cuDNN. The notes say which wish fails; take a
    /// tag of the help.
    case noSuchTag = "CG0302"
    /// The tag does not exist for one of the platforms. Leave the platform out, or take a tag of the help.
    case platformMissing = "CG0303"
    /// Warning: the tag is past its end of life and may vanish. Take the supported tag of the help, or source
    /// `packages`.
    case endOfLife = "CG0304"
    /// Warning: the tag is on none of NVIDIA's lists and reported gone. Take the supported tag of the help, or source
    /// `packages`.
    case unlistedTag = "CG0305"
    /// The catalogue knows the tag by name only, so packages can't build it. Use source `image`, another release or
    /// another catalogue.
    case noPackagePins = "CG0306"
    /// No package repository of NVIDIA's is known for the operating system or platform. Take another base.
    case repositoryRefused = "CG0307"
    /// A base's name does not tell its operating system, or an operating system has no default base. Add `os`, or a
    /// base.
    case unknownBase = "CG0308"
    /// Note: versions come from another operating system's image, as NVIDIA has none for this one. Nothing to do if the
    /// build finds them.
    case derivedPins = "CG0309"
    /// Note: an incomplete release was completed to the newest that has the rest. Write the whole release to keep it.
    case versionCompleted = "CG0310"
    /// Warning: NVIDIA's image does not install what its name says. Take another operating system or release.
    case factDoubtful = "CG0311"
    /// A line of a catalogue file is no fact. Mend the line.
    case invalidCatalog = "CG0312"
    /// Warning: the release was imported from a package index; whether NVIDIA publishes the image is not known. Use
    /// source `packages`.
    case importedTag = "CG0320"
    /// The facts lack that version or build of a framework. Take a neighbour, or name the CUDA release yourself.
    case unknownFrameworkVersion = "CG0331"
    /// Constraints contradict each other, and without any one of them the rest has a plan. Take the change that the
    /// help names.
    case contradiction = "CG0332"
    /// The catalogue does not have a GPU of that name. Give its compute capability instead.
    case unknownGPU = "CG0333"
    /// Warning: a line, marker or index of a requirements file is not looked at; error: the file can't be read. Mend
    /// it, or use an option.
    case unreadableRequirement = "CG0334"
    /// Warning: no official image has what a framework was built with; note: source `wheels` is the plan. Use `wheels`,
    /// or test the image.
    case nearestImage = "CG0335"
    /// Warning: the driver would do, but the Container Toolkit refuses the image's `NVIDIA_REQUIRE_CUDA`. Newer driver,
    /// or older CUDA.
    case containerRefused = "CG0336"
    /// Warning: a fact that the plan needs is missing, such as a wheel's index or its platforms. Look it up.
    case factMissing = "CG0337"
    /// Warning: pip gets the chosen build from an index that the recipe does not name. Name build and index as the help
    /// says.
    case wheelIndex = "CG0338"
    /// Note: with source `wheels` a framework was completed to a build that brings CUDA. Write it into the recipe to
    /// keep it.
    case requirementCompleted = "CG0339"
    /// With source `wheels` a package brings no CUDA, or takes the image's; warning: none is known to bring it. Take
    /// what the help names.
    case noCUDAInWheels = "CG0340"
    /// Warning: a Python package loads CUDA's libraries or cuDNN from the image, which lacks them. Take the flavor and
    /// cuDNN of the help.
    case imageLacksLibraries = "CG0341"

    // The application part.

    /// The Python asked for can't be had, or the image's is too old or not known. Take a version or base that the help
    /// names.
    case pythonVersion = "CG0401"
    /// A package brings an NVIDIA driver into the image, where the host's is mounted. Leave it out.
    case driverPackage = "CG0402"
    /// Warning: a wheel or package brings CUDA's or cuDNN's libraries into an image that has them. Drop one, or match
    /// the release.
    case cudaTwice = "CG0403"
    /// The base image has the account, UID or GID already. Take another name or number.
    case identityTaken = "CG0404"
    /// Warning: a program is started, or needed to fetch a package, that nothing installs. Add its package, or
    /// `python`.
    case unknownProgram = "CG0405"
    /// The release can't compile for a GPU architecture. Take another release or architecture.
    case architectureUnsupported = "CG0406"
    /// Note: the application runs as root. Leave `user` out to get an account of its own.
    case runsAsRoot = "CG0407"
    /// Warning: a command upgrades all packages, CUDA's too, where they can't be held (they can with apt). Upgrade by
    /// name.
    case upgradeMovesCUDA = "CG0408"
    /// A URL in `python` holds a user name or password, which stays readable in the image's history. Give it as a
    /// secret.
    case credentialsInURL = "CG0409"
    /// `python.packages` names a file or folder, but files are copied after packages are installed. Install it with
    /// `run`.
    case localPackage = "CG0410"
    /// This version lacks the feature, or a deployment file can't carry the value. Take what the help names.
    case notSupported = "CG0411"
    /// Warning: no `RUN` of the recipe's could read a secret. Remove it, or use it.
    case unusedSecret = "CG0412"
    /// With `mirrors.only` something is still fetched from a host that the recipe does not name. The notes name the
    /// keys that redirect it.
    case fetchedElsewhere = "CG0413"
    /// Warning: a mirror uses TLS before the base has certificates. Name the authority's certificate, or use `http://`.
    case mirrorUntrusted = "CG0414"
    /// Some lines of a requirements file have a hash and this one has none, so pip and uv refuse the file. Add it.
    case hashMissing = "CG0415"
    /// Warning: a proxy in `env` becomes part of the image, with its password. Give it to the builder as a build
    /// argument. Also a password in the URL of any variable or build argument.
    case proxyInImage = "CG0416"
    /// Warning: with `mirrors.only` the recipe names a file that may name hosts itself and is not read, or that was read
    /// and names one that no mirror has. Look into it.
    case notSeen = "CG0417"
    /// Warning: a search path loses what the image has, or holds a `$` that nothing expands. Let the variable hold
    /// itself.
    case pathReplaced = "CG0420"
    /// Warning: `copy` names an owner that not every base has. Use the recipe's user, `root` or a number.
    case unknownAccount = "CG0421"
    /// Warning: `gpu.capabilities` leaves out `compute`, without which no CUDA program finds a driver. Add it.
    case computeMissing = "CG0422"
    /// A Python package is asked for by a name that it no longer has; a warning for an exact version. Take the name of
    /// the help.
    case formerPackageName = "CG0423"

    // Files.

    /// The output exists and is not cudagen's. Take another name, or `--force`.
    case wouldOverwrite = "CG0501"
    /// The output was edited since cudagen wrote it: its checksum is wrong. Move the change into the recipe, or
    /// `--force`.
    case editedByHand = "CG0502"
    /// A file can't be written, or an existing output can't be read or is no file. Mend the path or its permissions.
    case unwritableFile = "CG0503"

    // The import of facts.

    /// The source of an import is no repository that can be read, or no image uses it. Name another, or say which
    /// repository it is.
    case unknownSource = "CG0601"
    /// A package index is not what its name says: cut short, too large, or with a line that is no package. Fetch it
    /// again.
    case invalidIndex = "CG0602"
    /// Nobody vouches for a source: no signature, no known key, or no gpgv; a note or warning if that was asked for.
    case notVerified = "CG0603"
    /// A signature or checksum is wrong: the file was changed, or copied while it changed. Take another mirror.
    case verificationFailed = "CG0604"
    /// An address can't be fetched, or curl is missing; the note is curl's own message. Mend the network, or import a
    /// folder.
    case downloadFailed = "CG0605"
    /// An index is compressed with something else than gzip. Unpack it, and import the file.
    case unsupportedCompression = "CG0606"
    /// Warning or note: an image of a release can't be derived, mostly as the release is being published. Import again
    /// later.
    case releaseLeftOut = "CG0607"
    /// Note: a source has no release that the catalogue lacks. Nothing to do.
    case nothingNew = "CG0608"

    // Locks and registries.

    /// There is no lock where one is required. Write it with `cudagen lock`.
    case lockMissing = "CG0701"
    /// The lock lacks an image, or one of its platforms; a warning, with a frozen lock an error. Lock again with the
    /// same options.
    case lockStale = "CG0702"
    /// The lock is not as cudagen wrote it: edited, or merged; a warning, with a frozen lock an error. Lock again.
    case lockEdited = "CG0703"
    /// A registry, or the server of its tokens, does not answer as it should, or curl is missing. The note is curl's
    /// own message.
    case registryUnreachable = "CG0711"
    /// A registry wants credentials, refuses them, or had too many requests (HTTP 429). Log in, or wait.
    case registryRefused = "CG0712"
    /// The registry has no such tag or repository, or says so of a private one. Mend the name, or log in.
    case noSuchImage = "CG0713"
    /// A registry's answer is of no use, such as no manifest or a wrong digest. Mostly something in between answers in
    /// its place.
    case invalidAnswer = "CG0714"
    /// An image does not exist for a platform of the recipe, and no lock is written. Leave the platform out, or take
    /// another image.
    case imagePlatformMissing = "CG0715"
    /// Docker's `config.json`, or a credential helper that it names, can't be used. Mend it.
    case credentialsUnreadable = "CG0716"

    // Templates of the user's own.

    /// A template of the user's own can't be used: its language, a name, its version, or a file that nothing is made
    /// of. Mend it.
    case invalidTemplate = "CG0801"
    /// Warning: templates of the user's own leave out an instruction of the image; the file is written all the same.
    case instructionLeftOut = "CG0802"
}
