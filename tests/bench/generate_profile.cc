// generate_profile PATH [SAMPLES [FUNCTIONS [DEPTH [SEED]]]]: writes the
// large synthetic profile of tests/support/big_profile.h as a .pb.gz file.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/gzip.h"
#include "base/text.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/big_profile.h"

namespace {

std::uint64_t Number(int argc, char** argv, int index, std::uint64_t fallback) {
  if (index >= argc) return fallback;
  const auto number = pmcp::ParseInt64(argv[index]);
  if (number && *number > 0) return static_cast<std::uint64_t>(*number);
  std::fprintf(stderr, "not a positive number: %s\n", argv[index]);
  std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 6) {
    std::fprintf(stderr,
                 "usage: generate_profile PATH [SAMPLES [FUNCTIONS [DEPTH "
                 "[SEED]]]]\n");
    return 2;
  }
  pmcp::test::BigProfileOptions options;
  options.samples = Number(argc, argv, 2, options.samples);
  options.functions = Number(argc, argv, 3, options.functions);
  options.depth = Number(argc, argv, 4, options.depth);
  options.seed = Number(argc, argv, 5, options.seed);

  std::ofstream file(argv[1], std::ios::binary);
  file << pmcp::Gzip(
      pmcp::profile::EncodePprof(pmcp::test::BigProfile(options)));
  file.close();
  if (!file) {
    std::fprintf(stderr, "cannot write %s\n", argv[1]);
    return 1;
  }
  return 0;
}
