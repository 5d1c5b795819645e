import Foundation
import Images

/// `image-tool runtime`, or `image-tool trainer CUDA`: prints a Dockerfile.
@main
struct ImageTool {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        do {
            switch (arguments.first, arguments.count) {
            case ("runtime", 1): print(Images.runtimeDockerfile, terminator: "")
            case ("trainer", 2): print(try Images.trainerDockerfile(cuda: arguments.last ?? ""), terminator: "")
            default: print("usage: image-tool runtime | image-tool trainer CUDA")
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }
}
