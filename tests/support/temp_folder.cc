#include "tests/support/temp_folder.h"

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <system_error>

#include "base/check.h"

namespace pmcp::test {
namespace {

namespace fs = std::filesystem;

/// $TMPDIR if it is set; else a file system in memory if there is one with
/// space, since removing a folder from a disk takes milliseconds; else the
/// system's folder for temporary files.
fs::path Parent() {
  constexpr const char* kMemory = "/dev/shm";
  constexpr std::uintmax_t kSpace = std::uintmax_t{256} << 20;
  std::error_code error;
  if (std::getenv("TMPDIR") == nullptr &&
      ::access(kMemory, R_OK | W_OK | X_OK) == 0 &&
      fs::space(kMemory, error).available >= kSpace && !error) {
    return kMemory;
  }
  return fs::temp_directory_path();
}

}  // namespace

TempFolder::TempFolder() {
  std::string name = (Parent() / "pmcp-test-XXXXXX").string();
  PMCP_CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TempFolder::Write(const std::filesystem::path& file,
                       std::string_view bytes) const {
  const std::filesystem::path whole = path_ / file;
  std::filesystem::create_directories(whole.parent_path());
  std::ofstream out(whole, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  PMCP_CHECK(out.good());
}

}  // namespace pmcp::test
