// bare_inflate FOLDER: reads and inflates all .pb.gz files below a folder, in
// one thread, and prints the number of inflated bytes: the lower bound of the
// cost of a first answer from these files, and a baseline of script/bench.
#include <cstdio>
#include <filesystem>

#include "tests/bench/bare_file.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bare_inflate FOLDER\n");
    return 2;
  }
  pmcp::test::BareFile file;
  std::size_t files = 0;
  std::size_t bytes = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(argv[1])) {
    if (entry.path().extension() != ".gz") continue;
    ++files;
    bytes += file.Inflate(entry.path().c_str()).size();
  }
  std::printf("%zu files, %zu bytes\n", files, bytes);
  return 0;
}
