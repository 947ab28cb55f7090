/*
 * vector.h - loops over whole texts that compilers make vectors of, once for
 * every processor and once for those with AVX2.
 *
 * A loop is written as a VECTOR_BODY function, and called from two functions
 * around it: one VECTOR_LOOP, one VECTOR_AVX2, of which vector_avx2() chooses.
 */
#ifndef QUERN_BASE_VECTOR_H
#define QUERN_BASE_VECTOR_H

#include <stdbool.h>
#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

#define VECTOR_BODY static inline __attribute__((always_inline))

#ifdef __clang__
#define VECTOR_LOOP
#else
#define VECTOR_LOOP __attribute__((optimize("O3")))
#endif

#ifdef __x86_64__
#ifdef __clang__
#define VECTOR_AVX2 __attribute__((target("avx2")))
#else
#define VECTOR_AVX2 __attribute__((target("avx2"), optimize("O3")))
#endif
static inline bool vector_avx2(void)
{
#ifdef CPU_FEATURE_ACTIVE
	return CPU_FEATURE_ACTIVE(AVX2);
#else
	return __builtin_cpu_supports("avx2");
#endif
}
#else
#define VECTOR_AVX2 VECTOR_LOOP
static inline bool vector_avx2(void)
{
	return false;
}
#endif

#endif
