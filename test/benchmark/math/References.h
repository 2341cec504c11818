// The C library's f64 functions for four numbers at once (glibc's libmvec,
// at most 4 ulp), where there is AVX2: trying every f32 is then a matter of
// minutes.

#ifndef DLC_TEST_BENCHMARK_MATH_REFERENCES_H
#define DLC_TEST_BENCHMARK_MATH_REFERENCES_H

#include <cstdint>

namespace dlc {

/// Whether this CPU can.
bool hasVectorReferences();

/// y = f(x) for `count` numbers, a multiple of 4, by the name of an op; false
/// if there is none of this name.
bool vectorReference(const char *op, const float *x, double *y, int64_t count);

/// The first i >= `start`, rounded down to a multiple of 4, where y may err by
/// more than `limit` ulp, or where one of the two is NaN; `count` if there is
/// none.
int64_t findError(const float *y, const double *want, int64_t start,
                  int64_t count, double limit);

} // namespace dlc

#endif // DLC_TEST_BENCHMARK_MATH_REFERENCES_H
