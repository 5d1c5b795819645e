// Links the CUDA runtime as a shared library; says which one it found, and what it answers without a driver.
#include <cuda_runtime_api.h>

#include <cstdio>

int main() {
    int version = 0, count = -1;
    cudaRuntimeGetVersion(&version);
    cudaError_t status = cudaGetDeviceCount(&count);
    std::printf("%d %s\n", version, cudaGetErrorName(status));
}
