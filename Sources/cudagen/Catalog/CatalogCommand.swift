import ArgumentParser

struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Look at the facts that cudagen decides with; import those of new CUDA releases.",
        discussion: """
            Examples:
              cudagen catalog list
              cudagen catalog show 12.4.1
              cudagen catalog import https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2404/x86_64
              cudagen catalog diff
            """,
        subcommands: [CatalogList.self, CatalogShow.self, CatalogDiff.self, CatalogImportCommand.self])
}
