import ArgumentParser
import CudaImageKit

@main
struct Cudagen: ParsableCommand {
    func run() throws { print("hello") }
}
