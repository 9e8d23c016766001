#include "tests/support/read_file.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace pmcp::test {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::abort();
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace pmcp::test
