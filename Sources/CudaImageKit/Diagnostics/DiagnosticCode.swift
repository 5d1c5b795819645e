/// The stable code of a diagnostic. Codes are never reused for something else.
///
/// The first two digits say which layer found it: `CG01` reading a recipe, `CG02` the meaning of a recipe, `CG03` the
/// catalogue and CUDA's versions, `CG04` the application part, `CG05` files, `CG06` the import of facts, `CG07` locks and
/// registries, `CG08` templates.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    // Reading a recipe.
    case yamlSyntax = "CG0101"
    case unknownKey = "CG0102"
    case duplicateKey = "CG0103"
    case wrongType = "CG0104"
    case tooLarge = "CG0105"
    case notUTF8 = "CG0106"
    case emptyFile = "CG0107"
    case tooManyAliases = "CG0108"
    case missingKey = "CG0109"
    case tabIndentation = "CG0110"
    case severalDocuments = "CG0111"
    case unreadableFile = "CG0112"

    // The meaning of a recipe.
    case invalidValue = "CG0201"
    case unsupportedSchema = "CG0202"
    case conflictingKeys = "CG0203"
    case lineBreakInValue = "CG0204"
    case invalidOption = "CG0205"
    case uselessExclusion = "CG0206"

    // The catalogue and CUDA's versions.
    case noSuchRelease = "CG0301"
    case noSuchTag = "CG0302"
    case platformMissing = "CG0303"
    case endOfLife = "CG0304"
    case unlistedTag = "CG0305"
    case noPackagePins = "CG0306"
    case repositoryRefused = "CG0307"
    case unknownBase = "CG0308"
    case derivedPins = "CG0309"
    case versionCompleted = "CG0310"
    case factDoubtful = "CG0311"
    case invalidCatalog = "CG0312"
    case importedTag = "CG0320"
    case unknownFrameworkVersion = "CG0331"
    case contradiction = "CG0332"
    case unknownGPU = "CG0333"
    case unreadableRequirement = "CG0334"
    case nearestImage = "CG0335"
    case containerRefused = "CG0336"
    case factMissing = "CG0337"
    case wheelIndex = "CG0338"
    case requirementCompleted = "CG0339"
    case noCUDAInWheels = "CG0340"

    // The application part.
    case pythonVersion = "CG0401"
    case driverPackage = "CG0402"
    case cudaTwice = "CG0403"
    case identityTaken = "CG0404"
    case unknownProgram = "CG0405"
    case architectureUnsupported = "CG0406"
    case runsAsRoot = "CG0407"
    case upgradeMovesCUDA = "CG0408"
    case credentialsInURL = "CG0409"
    case localPackage = "CG0410"
    case notSupported = "CG0411"
    case unusedSecret = "CG0412"
    case fetchedElsewhere = "CG0413"
    case mirrorUntrusted = "CG0414"
    case hashMissing = "CG0415"
    case proxyInImage = "CG0416"
    case notSeen = "CG0417"
    case pathReplaced = "CG0420"
    case unknownAccount = "CG0421"
    case computeMissing = "CG0422"

    // Files.
    case wouldOverwrite = "CG0501"
    case editedByHand = "CG0502"
    case unwritableFile = "CG0503"

    // The import of facts.
    case unknownSource = "CG0601"
    case invalidIndex = "CG0602"
    case notVerified = "CG0603"
    case verificationFailed = "CG0604"
    case downloadFailed = "CG0605"
    case unsupportedCompression = "CG0606"
    case releaseLeftOut = "CG0607"
    case nothingNew = "CG0608"

    // Locks and registries.
    case lockMissing = "CG0701"
    case lockStale = "CG0702"
    case lockEdited = "CG0703"
    case registryUnreachable = "CG0711"
    case registryRefused = "CG0712"
    case noSuchImage = "CG0713"
    case invalidAnswer = "CG0714"
    case imagePlatformMissing = "CG0715"
    case credentialsUnreadable = "CG0716"

    // Templates of the user's own.
    case invalidTemplate = "CG0801"
    case instructionLeftOut = "CG0802"
}
