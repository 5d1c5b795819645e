/* Stands in for libcuda.so.1 in tests of the smoke test. Compile with -shared -fPIC and
     -DVERSION=9000   what cuDriverGetVersion says
     -DINIT=100       what cuInit answers
     -DHANG           cuInit does not return */
#include <unistd.h>

int cuInit(unsigned flags) {
    (void)flags;
#ifdef HANG
    for (;;) pause();
#endif
    return INIT;
}

int cuDriverGetVersion(int *version) {
    *version = VERSION;
    return 0;
}
